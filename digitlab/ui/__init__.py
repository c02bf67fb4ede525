"""All that imports Streamlit: the frame of a page, the session's state, widgets, live parts."""
