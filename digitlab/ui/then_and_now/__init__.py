"""The parts of Then and now."""
