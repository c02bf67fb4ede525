"""The front door: the server around all pages, and the front page."""

import streamlit as st

if __name__ == "__main__":  # Streamlit runs this file as a page, again and again
    from digitlab.ui.shell.front_page import front_page

    front_page()
# `streamlit run` finds an `st.App` in this file, and imports it once, before any visitor comes
else:
    from digitlab.ui import server

    app = st.App(__file__, middleware=server.middleware(), lifespan=server.lifespan)
