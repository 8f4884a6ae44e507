"""Unit 4: what changes when we put reports side by side?"""
