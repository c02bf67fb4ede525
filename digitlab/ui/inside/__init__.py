"""The views of "Look inside", one a module."""
