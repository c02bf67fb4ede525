"""For teachers: the plan of the guided hour, codes, sheets to print, what is stored, hosting."""

import streamlit as st

from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.ui.teachers.codes_view import show_codes
from digitlab.ui.teachers.hosting_view import show_hosting
from digitlab.ui.teachers.plan_view import show_plan
from digitlab.ui.teachers.sheets_view import show_sheets
from digitlab.ui.teachers.stored_view import show_stored

lab, data = open_page("For teachers")
with st.container(key="projected"):
    match choose_page_view("For teachers"):
        case "plan":
            show_plan(lab)
        case "codes":
            show_codes(lab)
        case "sheets":
            show_sheets(lab, data)
        case "stored":
            show_stored()
        case _:
            show_hosting()
close_page(lab, "For teachers", quiz=False)
