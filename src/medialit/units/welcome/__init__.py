"""Unit 0: can I trust this story enough to pass it on?"""
