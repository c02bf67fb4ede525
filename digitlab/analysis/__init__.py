"""What happens inside a network: its weights, one picture's way through it, why it answers so.

`stacks`, `arithmetic`, `records` and `questions` are for the web process; the other modules import
Keras and run in the workers.
"""
