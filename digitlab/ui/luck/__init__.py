"""The parts of the page Luck."""
