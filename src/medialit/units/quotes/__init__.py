"""Unit 1: who is speaking, and are these their words?"""
