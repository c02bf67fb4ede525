"""What runs in the workers: the door between the two kinds of process.

The web process imports these modules to name their functions; Keras is imported only inside them,
where they run.
"""
