"""Training and prediction in worker processes under Dask's `distributed`.

Modules here run in the web process, and never import Keras; `worker` is the program of the other
processes. `tasks` is the door between the two: what the queue sends.
"""
