"""Bounded caches in memory: memoized functions, and large objects of sessions."""
