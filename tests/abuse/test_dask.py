"""Dask from outside: without the certificate nobody gets at the lab's scheduler and workers."""

import asyncio
import contextlib
import http.client
import ssl
from typing import Any

import psutil
import pytest
from distributed import Client, Security
from distributed.comm.core import connect

from digitlab.compute.service import TrainingQueue
from tests.conftest import run_async, wait_until

_PATIENCE = 2


@pytest.fixture(scope="module")
def addresses(queue: TrainingQueue) -> list[str]:
    """Of the scheduler, then of the workers."""
    client = queue._workers.client()
    wait_until(lambda: len(client.scheduler_info()["workers"]) >= 2, "both workers", 120)
    assert client.scheduler is not None
    return [client.scheduler.address, *client.scheduler_info()["workers"]]


@pytest.fixture(scope="module")
def listening(queue: TrainingQueue, addresses: list[str]) -> set[tuple[str, int]]:
    """Address and port of every socket on which this process and the workers wait."""
    processes = [psutil.Process(), *map(psutil.Process, queue.process_ids().values())]
    return {
        (connection.laddr.ip, connection.laddr.port)
        for process in processes
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }


def test_all_of_it_is_on_this_machine_only(listening: set[tuple[str, int]]) -> None:
    assert len(listening) >= 3  # the scheduler's and the workers'
    assert {ip for ip, _ in listening} == {"127.0.0.1"}


def test_all_of_it_is_encrypted(addresses: list[str]) -> None:
    assert len(addresses) == 3
    assert all(address.startswith("tls://127.0.0.1:") for address in addresses)


@pytest.mark.parametrize("who", ["nobody", "somebody else"])
def test_a_client_without_the_certificate_gets_no_answer(addresses: list[str], who: str) -> None:
    security = Security.temporary() if who == "somebody else" else None
    for address in addresses:
        plain = address.replace("tls://", "tcp://")
        with pytest.raises((OSError, ValueError, RuntimeError, TimeoutError)):
            Client(address if security else plain, security=security, timeout=_PATIENCE)


async def ask(address: str, **arguments: Any) -> Any:
    """What it answers to a message as Dask sends them."""
    comm = await connect(address, timeout=_PATIENCE, **arguments)
    try:
        await comm.write({"op": "identity", "reply": True})
        return await asyncio.wait_for(comm.read(), _PATIENCE)
    finally:
        comm.abort()


def test_with_the_certificate_it_answers(queue: TrainingQueue, addresses: list[str]) -> None:
    arguments = queue._workers._cluster.security.get_connection_args("client")
    for address in addresses:
        assert "id" in run_async(ask(address, **arguments))


@pytest.mark.parametrize("protocol", ["tcp", "tls"])
def test_a_message_without_the_certificate_is_not_heard(
    addresses: list[str], protocol: str
) -> None:
    """Dask's messages are pickles: whoever could send one would run a program."""
    arguments = {}
    if protocol == "tls":
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        arguments["ssl_context"] = context
    for address in addresses:
        with pytest.raises((OSError, ValueError, TimeoutError)):
            run_async(ask(address.replace("tls://", f"{protocol}://"), **arguments))


def test_there_is_nothing_to_read_over_http(listening: set[tuple[str, int]]) -> None:
    paths = ("/", "/health", "/status", "/info/main/workers.html", "/json/counts.json", "/metrics")
    for host, port in listening:
        for path in paths:
            assert _status(host, port, path) in (None, 404), (port, path)


def _status(host: str, port: int, path: str) -> int | None:
    """What an HTTP request is answered; None where it gets no HTTP."""
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE)
    with contextlib.closing(connection):
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
