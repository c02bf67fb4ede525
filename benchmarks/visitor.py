"""A visitor's browser in miniature: what Streamlit's front end does, without a screen.

It speaks Streamlit's own messages over a websocket: it keeps the page as the deltas build it,
asks live parts (fragments) again as often as the server says, and caches what the server lets it.
It sends files, but does not fetch any: no JavaScript, no pictures.
"""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Self, TypeVar

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.Common_pb2 import (
    FileUploaderState,
    FileURLs,
    FileURLsRequest,
    StringArray,
    UploadedFileInfo,
)
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.page import Elements, Stopwatch
from benchmarks.web import put_file, xsrf_token

Sight = TypeVar("Sight")


class VisitError(RuntimeError):
    """The page did not show what the visitor waited for; the message says what."""


class Visitor:
    """One session over a websocket: `async with Visitor(address) as visitor`.

    Args:
        address: of the server.
        patience: seconds to wait for anything, before it is an error.
        query: what the address bar holds behind the question mark, such as `run=…`.

    Attributes:
        page: what stands on the page.
        query: as the server last wrote it.
        stopwatch: how long the server took for each answer.
        patience: seconds to wait for anything, before it is an error.
    """

    def __init__(self, address: str, patience: float = 120, query: str = "") -> None:
        self.page = Elements()
        self.query = query
        self.stopwatch = Stopwatch()
        self.patience = patience
        self._address = address
        self._pages: dict[str, str] = {}  # script hash by name
        self._here = ""  # script hash of the page that runs
        self._complete = ""  # of the page that stands there as a whole
        self._values: dict[str, WidgetState] = {}
        self._timers: dict[str, tuple[float, asyncio.Task[None]]] = {}
        self._cache: dict[str, tuple[ForwardMsg, int]] = {}  # with the run that used it last
        self._cache_age = 2
        self._runs = 0
        self._changed = asyncio.Event()
        self._places: asyncio.Queue[FileURLs] = asyncio.Queue()  # for files that are to be sent

    async def __aenter__(self) -> Self:
        self._token = token = await asyncio.to_thread(xsrf_token, self._address)
        self._socket: ClientConnection = await connect(
            f"{self._address.replace('http', 'ws', 1)}/_stcore/stream",
            origin=Origin(self._address),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
            additional_headers={"Cookie": f"_streamlit_xsrf={token}"},
            open_timeout=self.patience,
            max_size=None,
        )
        self._listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop_timers()
        self._listening.cancel()
        await self._socket.close()

    async def open(self, name: str) -> None:
        """Open a page by its name: by its address first, later by the link in the sidebar."""
        self._stop_timers()
        self._values.clear()
        self._complete = ""
        if self._pages:
            await self._ask(ClientState(page_script_hash=self._pages[name]))
        else:
            await self._ask(ClientState(page_name=name))
        await self.until(
            lambda: self._complete == self._pages.get(name) or None, f"the page {name}"
        )

    async def press(self, label: str) -> None:
        """Press a button."""
        for button, fragment in self.page.of_kind("button"):
            if button.label == label and not button.disabled:
                await self._rerun(fragment, trigger=WidgetState(id=button.id, trigger_value=True))
                return
        raise VisitError(f"There is no button {label} to press.")

    def can_press(self, label: str) -> bool:
        """Whether there is such a button, and it can be pressed."""
        return any(
            button.label == label and not button.disabled
            for button, _ in self.page.of_kind("button")
        )

    async def take_exam(self) -> None:
        """On Evaluate: open the test set, unless it is open."""
        label = "Take the exam"
        if any(button.label == label for button, _ in self.page.of_kind("button")):
            await self.press(label)
            await self.until(lambda: any(self.page.of_kind("metric")) or None, "the test accuracy")

    def offers(self, label: str) -> bool:
        """Whether a control with segments has this label."""
        return any(control.label == label for control, _ in self.page.of_kind("button_group"))

    async def choose(self, label: str, option: str) -> None:
        """Choose one option of a control with segments."""
        for control, fragment in self.page.of_kind("button_group"):
            if control.label == label:
                chosen = WidgetState(id=control.id, string_array_value=StringArray(data=[option]))
                self._values[control.id] = chosen
                await self._rerun(fragment)
                return
        raise VisitError(f"There is no control {label} on the page.")

    async def give(self, component: str, value: object) -> None:
        """Give a component its value, as its JavaScript would."""
        for proto, fragment in self.page.of_kind("bidi_component"):
            if component in proto.component_name:
                self._values[proto.id] = WidgetState(id=proto.id, json_value=json.dumps(value))
                await self._rerun(fragment)
                return
        raise VisitError(f"There is no component {component} on the page.")

    async def upload(self, label: str, name: str, content: bytes) -> None:
        """Choose a file in the uploader whose label has these words, in place of any before."""
        for uploader, fragment in self.page.of_kind("file_uploader"):
            if label in uploader.label:
                place = await self._send_file(name, content)
                file = UploadedFileInfo(
                    file_id=place.file_id, name=name, size=len(content), file_urls=place
                )
                chosen = FileUploaderState(uploaded_file_info=[file])
                self._values[uploader.id] = WidgetState(
                    id=uploader.id, file_uploader_state_value=chosen
                )
                await self._rerun(fragment)
                return
        raise VisitError(f"There is no uploader {label} on the page.")

    async def until(self, look: Callable[[], Sight | None], what: str) -> Sight:
        """Wait until what is looked for stands on the page, complete as at the end of a run.

        Raises:
            VisitError: if it does not come in time, or the page fails.
        """
        try:
            async with asyncio.timeout(self.patience):
                while True:
                    self._changed.clear()
                    await self._changed.wait()
                    if self._listening.done():
                        raise VisitError(f"The connection ended before {what} came.")
                    if any(self.page.of_kind("exception")):
                        raise VisitError(f"The page failed where {what} should have come.")
                    if (sight := look()) is not None:
                        return sight
        except TimeoutError:
            raise VisitError(f"{what} did not come in {self.patience:.0f} s.") from None

    async def read(self, pattern: str) -> re.Match[str]:
        """Wait until the pattern is found in a text of the page."""
        if match := self.page.match(pattern):
            return match
        return await self.until(lambda: self.page.match(pattern), f"“{pattern}”")

    async def _send_file(self, name: str, content: bytes) -> FileURLs:
        """Where the server took it."""
        wish = FileURLsRequest(request_id=name, file_names=[name])
        await self._socket.send(BackMsg(file_urls_request=wish).SerializeToString())
        place = await asyncio.wait_for(self._places.get(), self.patience)
        url = f"{self._address}{place.upload_url}"
        await asyncio.to_thread(put_file, url, name, content, self._token, self.patience)
        return place

    async def _rerun(
        self, fragment: str, *, automatic: bool = False, trigger: WidgetState | None = None
    ) -> None:
        state = ClientState(
            page_script_hash=self._here, fragment_id=fragment, is_auto_rerun=automatic
        )
        state.widget_states.widgets.extend(self._values.values())
        if trigger:
            state.widget_states.widgets.append(trigger)
        await self._ask(state)

    async def _ask(self, state: ClientState) -> None:
        state.query_string = self.query
        state.cached_message_hashes.extend(self._cache)
        state.context_info.CopyFrom(
            ContextInfo(timezone="UTC", locale="en-GB", url=self._address, color_scheme="light")
        )
        self.stopwatch.sent(state.fragment_id)
        await self._socket.send(BackMsg(rerun_script=state).SerializeToString())

    async def _listen(self) -> None:
        try:
            async for data in self._socket:
                assert isinstance(data, bytes)
                self._take(ForwardMsg.FromString(data))
        finally:
            self._changed.set()

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":  # the server knows that this browser has it
            metadata = message.metadata
            message = self._cache[message.ref_hash][0]
            message.metadata.CopyFrom(metadata)
            kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self._cache[message.hash] = (message, self._runs)
        if kind == "delta":
            self.page.apply(tuple(message.metadata.delta_path), message.delta)
        elif kind == "new_session":
            self._start_run(message)
        elif kind == "navigation":
            self._here = message.navigation.page_script_hash
            self._pages |= {p.page_name: p.page_script_hash for p in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "file_urls_response":
            self._places.put_nowait(message.file_urls_response.file_urls[0])
        elif kind == "script_finished":
            self._finish_run(message)
        elif kind == "auto_rerun":
            self._repeat(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self._stop_timer(fragment)

    def _start_run(self, message: ForwardMsg) -> None:
        run, session = message.metadata.run, message.new_session
        if not run.fragment_ids:
            self._stop_timers()
            self._here = session.page_script_hash
            self._cache_age = session.config.max_cached_message_age
            self._pages |= {p.page_name: p.page_script_hash for p in session.app_pages}
        self.page.start(run.script_run_id, run.fragment_ids)
        self.stopwatch.started(run.fragment_ids)

    def _finish_run(self, message: ForwardMsg) -> None:
        early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        self.stopwatch.finished(early)
        if early or message.metadata.run.script_run_id != self.page.run:
            return
        self.page.sweep()
        fragments = message.metadata.run.fragment_ids
        self._complete = self._complete if fragments else self._here
        self._runs += 1
        for key, (cached, used) in list(self._cache.items()):
            theirs = not fragments or cached.delta.fragment_id in fragments
            if theirs and self._runs - used > self._cache_age:
                del self._cache[key]
        self._changed.set()

    def _repeat(self, fragment: str, interval: float) -> None:
        """Run a live part again and again, at the server's wish."""
        if fragment in self._timers and self._timers[fragment][0] == interval:
            return

        async def repeat() -> None:
            while True:
                await asyncio.sleep(interval)
                await self._rerun(fragment, automatic=True)

        self._stop_timer(fragment)
        self._timers[fragment] = (interval, asyncio.create_task(repeat()))

    def _stop_timer(self, fragment: str) -> None:
        if timer := self._timers.pop(fragment, None):
            timer[1].cancel()

    def _stop_timers(self) -> None:
        for fragment in list(self._timers):
            self._stop_timer(fragment)
