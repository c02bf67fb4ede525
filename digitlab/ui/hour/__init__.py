"""The parts of Guided hour."""
