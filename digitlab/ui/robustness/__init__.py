"""The views of Robustness, a module each."""
