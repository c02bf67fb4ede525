"""The lab's own cluster, by itself."""

import io
import logging

from digitlab.training.cluster import EmbeddedCluster


def test_after_its_end_dask_does_not_talk_about_the_cut_connections():
    log = io.StringIO()
    handler = logging.StreamHandler(log)  # Dask's own writes to the terminal
    dask = logging.getLogger("distributed")
    level = dask.level
    dask.addHandler(handler)
    try:
        EmbeddedCluster().close()
        logging.getLogger("distributed.batched").info("Batched Comm Closed")
    finally:
        dask.removeHandler(handler)
        dask.setLevel(level)  # what the tests after this one do wrong is to be heard
    assert log.getvalue() == ""
