"""Drawings and changed digits in words."""
