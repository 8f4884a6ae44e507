"""Unit 5, the correction desk: what would you publish about this story?"""
