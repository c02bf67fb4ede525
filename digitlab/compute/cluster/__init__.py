"""The processes that compute: Dask's scheduler, its workers, and the client that sends tasks."""
