"""The parts of For teachers."""
