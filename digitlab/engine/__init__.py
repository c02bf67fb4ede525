"""Keras: build networks, train them and run them. For workers, never for the web process."""
