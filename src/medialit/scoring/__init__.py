"""Measures: span F1, agreement, order, shares. Plain data in, numbers out."""
