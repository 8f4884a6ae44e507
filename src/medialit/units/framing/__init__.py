"""Unit 3: what does the telling make us see?"""
