"""Training and prediction in worker processes under Dask's `distributed`.

`records` cross the border. `fit` and `inference` run in workers and import Keras;
`jobs`, `queue` and `cluster` run in the web process and never do. `tasks` is the door
between them: what the queue sends, with Keras imported only inside its functions.
"""
