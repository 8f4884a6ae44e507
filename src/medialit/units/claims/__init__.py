"""Unit 2: which statements can be checked, and do they hold?"""
