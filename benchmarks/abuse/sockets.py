"""Pages that nobody reads: sockets to the server, without a browser behind them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from benchmarks.web import xsrf_token


@contextlib.asynccontextmanager
async def page(address: str, token: str = "") -> AsyncIterator[ClientConnection]:
    """A page's websocket that nobody reads, so that the attacker costs little."""
    token = token or await asyncio.to_thread(xsrf_token, address)
    async with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
        additional_headers={"Cookie": f"_streamlit_xsrf={token}"},
        open_timeout=10,
        close_timeout=0.1,  # a server that is busy does not answer it
        max_size=None,
    ) as socket:
        yield socket


def rerun(name: str = "", query: str = "") -> bytes:
    """A message that asks for a run of a page."""
    state = ClientState(page_name=name, query_string=query)
    message: bytes = BackMsg(rerun_script=state).SerializeToString()
    return message


async def session_of(socket: ClientConnection) -> str:
    """The session's id, from the first run of its page; waits for the end of that run."""
    session = ""
    async with asyncio.timeout(60):
        async for data in socket:
            assert isinstance(data, bytes)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                session = message.new_session.initialize.session_id
            elif kind == "script_finished":
                break
    return session


async def drain(socket: ClientConnection) -> None:
    """Throw away what comes, until the connection ends."""
    with contextlib.suppress(ConnectionClosed):
        async for _ in socket:
            pass
