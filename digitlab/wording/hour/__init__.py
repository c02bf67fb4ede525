"""The guided hour in words: what its cards ask for, and what came of them."""
