"""Keras: build, train and ask networks. Imports Keras and TensorFlow: for workers, never for the web process."""
