"""The tab Upload a picture: a file, read once, and what the network reads in it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab import limits
from digitlab.preprocess import (
    DrawingError,
    DrawnDigits,
    PictureError,
    PicturesBusyError,
    drawing_to_digits,
    plain_resize,
    read_picture,
    turn_for_picture,
)
from digitlab.preprocess.canvas import SIDE
from digitlab.ui.draw.reading import compare_switch, show_no_reading, show_reading
from digitlab.ui.session.state import Lab
from digitlab.ui.session.waiting import while_it_waits
from digitlab.ui.shell.gate import network_or_training
from digitlab.ui.widgets.layout import side_by_side
from digitlab.ui.widgets.uploader import uploader
from digitlab.wording.problems.no_digit import in_picture
from digitlab.wording.problems.pictures import READ_KINDS, picture_refusal
from digitlab.wording.say import say, say_message
from digitlab.wording.settings.choices import plain

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_UPLOADED = "uploaded_picture"  # in the session's state: what was made of the file read last


@dataclass(frozen=True, eq=False)
class _Uploaded:
    """An uploaded picture, read, without its pixels: some 0.3 MB, for eight digits up to 2 MB.

    Attributes:
        file: its id.
        name: of the file.
        drawn: the digits in it, None if there are none.
        resized: the whole picture as 28 × 28 pixels, None without a digit.
        problem: why it can't be read, a sentence; "" if it can.
        nothing: why there is no digit in it, a sentence; "" if there is one.
    """

    file: str
    name: str
    drawn: DrawnDigits | None = None
    resized: NDArray[np.uint8] | None = None
    problem: str = ""
    nothing: str = ""


@st.fragment
def upload_and_read(lab: Lab) -> None:
    """A picture of a digit from a file, read in the same way."""
    network = network_or_training(lab)
    if network is None:
        st.info(
            say("Your network is still learning. When it is trained, it reads your picture here.")
        )
        return
    left, right = side_by_side(SIDE, SIDE)
    with left:
        file = uploader(
            say(
                "A photo or picture of one digit, or of a few in a row ({kinds}), up to "
                "{most}\N{NO-BREAK SPACE}MB",
                kinds=say_message(READ_KINDS),
                most=limits.MAX_UPLOAD_MEGABYTES,
            ),
            key="upload",
            megabytes=limits.MAX_UPLOAD_MEGABYTES,
            explanation=say(
                "You can use a photo or a scan. The ink can be dark on light paper, or light on "
                "dark paper."
            ),
            on_change=_forget_picture,
        )
        uploaded = _read_once(file) if file else st.session_state.get(_UPLOADED)
        if uploaded and not file:  # another page was open meanwhile: the uploader is a new one
            name = plain(uploaded.name)
            st.markdown(say("The picture here is still **{name}**.", name=name))
            st.button(
                say("Remove"),
                key="upload_remove",
                icon=":material/close:",
                on_click=_forget_picture,
            )
        compare = compare_switch("upload")
    if uploaded is None:
        write = say(
            "Write one digit on white paper with a thick pen. Take a photo and choose it here."
        )
        show_no_reading(right, write, "upload")
    elif uploaded.problem:
        right.error(f"**{plain(uploaded.name)}**: {uploaded.problem}")
    elif uploaded.drawn is None:
        show_no_reading(right, uploaded.nothing, "upload")
    else:
        resized = uploaded.resized if compare else None
        show_reading(lab, network, uploaded.drawn, right, "upload", resized)


def _forget_picture() -> None:
    st.session_state.pop(_UPLOADED, None)


def _read_once(file: "UploadedFile") -> _Uploaded:
    """What is in a file: it lies in the uploader while the page runs again and again."""
    known: _Uploaded | None = st.session_state.get(_UPLOADED)
    if known is not None and known.file == file.file_id:
        return known
    try:
        with st.spinner(say("The lab reads the picture…")), while_it_waits():
            uploaded = _read(file)
    except PicturesBusyError as error:
        # Not kept: it may do the next time.
        return _Uploaded(file.file_id, file.name, problem=picture_refusal(error))
    st.session_state[_UPLOADED] = uploaded
    return uploaded


def _read(file: "UploadedFile") -> _Uploaded:
    with turn_for_picture():
        try:
            pixels = read_picture(file.getvalue())
            drawn = drawing_to_digits(pixels)
        except PictureError as error:
            return _Uploaded(file.file_id, file.name, problem=picture_refusal(error))
        except DrawingError as error:
            return _Uploaded(file.file_id, file.name, nothing=in_picture(error.reason))
        return _Uploaded(file.file_id, file.name, drawn, plain_resize(pixels))
