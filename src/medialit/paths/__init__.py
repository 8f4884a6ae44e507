"""Paths through the course: a room of 50, 90 or 180 minutes, a course in class, and somebody alone."""

from medialit.paths.load import load_paths
from medialit.paths.records import CoursePath, PathsFile, Section, Sitting

__all__ = ["CoursePath", "PathsFile", "Section", "Sitting", "load_paths"]
