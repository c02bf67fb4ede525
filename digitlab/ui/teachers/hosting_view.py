"""What a server for a class needs, and how the lab is started on one."""

import streamlit as st

from digitlab.teaching import measured
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.say import say

_INSTALL = "python3 -m venv .venv\n.venv/bin/pip install . -c constraints.txt\n.venv/bin/digitlab"


def show_hosting() -> None:
    """Figures of a class of thirty, the shortest start, and a trial before the lesson."""
    st.header(say("What a class needs"), anchor=False)
    st.markdown(
        say(
            "A server with {cores} cores and {memory} GB of memory is enough for "
            "{pupils} pupils. This was measured there:",
            cores=measured.SERVER_CORES,
            memory=measured.SERVER_GB,
            pupils=measured.CLASS,
        )
    )
    first, last = measured.LAST_TRAINED_SECONDS
    quick, slow = measured.FIVE_EACH_SECONDS
    with_proxy, without = measured.TRAFFIC_MB
    lines = [
        say(
            "All pupils started at once, each with one network. The last network was ready "
            "after {first} to {last} seconds.",
            first=first,
            last=last,
        ),
        say(
            "All pupils started at once, each with five networks. All networks were ready after "
            "{quick} to {slow} seconds.",
            quick=quick,
            slow=slow,
        ),
        say("The lab used at most {memory} GB of memory.", memory=decimal(measured.MEMORY_GB, 2)),
        say(
            "The class loaded {without} MB from the lab. With the web server that the project "
            "describes, it loaded {with_proxy} MB.",
            without=whole(without),
            with_proxy=whole(with_proxy),
        ),
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.header(say("Start it on your own computer"), anchor=False)
    st.markdown(
        say(
            "You need Python 3.11, 3.12 or 3.13 and the folder of the project. These lines, "
            "written in this folder, install the lab and start it. On Windows write `py` instead "
            "of `python3`, and `.venv\\Scripts\\` instead of `.venv/bin/`."
        )
    )
    st.code(_INSTALL, language=None)
    st.markdown(
        say(
            "The computers of the pupils must be in the same computer network as yours. Pupils "
            "open the address of your computer with the port 8501: `http://192.168.0.5:8501`, for "
            "example. The computer network of a school may not allow this."
        )
    )
    st.header(say("Put it on a server"), anchor=False)
    st.markdown(
        say(
            "The file `docs/hosting.md` of the project describes a server for a classroom, "
            "Streamlit Community Cloud, and several computers together. It also tells how many "
            "networks the lab keeps, and how you change that."
        )
    )
    st.header(say("Try it before the lesson"), anchor=False)
    st.markdown(
        say(
            "Open the lab on a computer of your pupils. Press *Train a network now* on the front "
            "page, and draw a digit. If the page does not open, `docs/hosting.md` says what to do."
        )
    )
