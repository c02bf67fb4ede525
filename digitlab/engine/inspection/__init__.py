"""What goes on inside a network: its forward pass, attributions, neighbours, maps of digits."""
