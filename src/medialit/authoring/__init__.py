"""Builds notebooks from course/ and checks what instructors write."""
