"""Measured claims: each script prints the table that the README quotes."""
