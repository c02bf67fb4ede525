"""Dask's scheduler in this process, as quiet as it can be."""

import logging

import dask
from distributed import LocalCluster, Security
from tornado.ioloop import IOLoop

from digitlab.compute.cluster.dask_settings import SCHEDULER

HOST = "127.0.0.1"  # nobody on another machine has any business here


def scheduler(security: Security, loop: IOLoop) -> LocalCluster:
    """Start one that listens on this machine only.

    Args:
        security: with the certificate that workers and clients need.
        loop: that it runs in.
    """
    # What it tells of each connection, also of those that are cut at the end, is nobody's news.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("distributed.scheduler").addFilter(_is_news)
    with dask.config.set(SCHEDULER):
        return LocalCluster(
            n_workers=0,
            processes=False,
            host=HOST,
            protocol="tls://",
            dashboard_address=f"{HOST}:0",
            scheduler_kwargs={"dashboard": False},
            security=security,
            silence_logs=False,  # it would do so by the level of handlers, also of others'
            loop=loop,
        )


def _is_news(record: logging.LogRecord) -> bool:
    """Not that a task failed because its worker died: the lab says so itself."""
    return "workers died" not in str(record.msg)
