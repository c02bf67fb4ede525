"""Settings of Dask for the scheduler and the workers."""

from typing import Any

import dask
from distributed import Security

QUIET: dict[str, Any] = {
    # For dashboards that nobody sees. It stops a worker's loop a hundred times a second, and looks
    # through the stack of the training each time.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",  # 20 ms
    "distributed.admin.system-monitor.interval": "5s",  # 0.5 s
    # Each connection between two processes keeps its last messages for whoever debugs Dask: 1,000
    # of them, and each question to a network goes with the weights, up to 4.8 MB.
    "distributed.admin.low-level-log-length": 1,
}
"""For each process of the cluster, the web process too: who does nothing takes no processor time,
as far as Dask lets it. Dask's own values stand behind."""

SCHEDULER: dict[str, Any] = {
    **QUIET,
    # A training that takes its worker down with it must not take the next one too.
    "distributed.scheduler.allowed-failures": 0,
    # `Liveness` looks after that: Dask's own looks at the computer's clock, which may be set.
    "distributed.scheduler.worker-ttl": None,
    # Nothing is to be read there by other users of the machine.
    "distributed.scheduler.http.routes": [],
}
"""For the scheduler of the embedded cluster."""


def worker_settings(security: Security, folder: str) -> Any:
    """For the environment of an embedded cluster's workers; the certificate is in it, in no file.

    Args:
        security: with the certificate.
        folder: for what workers leave on the disk.
    """
    tls = security.get_tls_config_for_role("worker")
    return dask.config.serialize(
        {
            "temporary-directory": folder,
            "distributed": {
                "worker": {"http": {"routes": []}},  # as for the scheduler
                "comm": {
                    "require-encryption": True,
                    "tls": {
                        "ca-file": tls["ca_file"],
                        "worker": {"key": tls["key"], "cert": tls["cert"]},
                    },
                },
            },
        }
    )
