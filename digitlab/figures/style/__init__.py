"""What all figures share: colours, sizes, and whether they can be read."""
