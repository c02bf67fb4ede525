"""The settings of a run in words: what they and their values are called, and what a change does."""
