"""The parts of What next."""
