"""What a page under AppTest shows, in plain values."""

import json
from html.parser import HTMLParser
from typing import Any

from streamlit.testing.v1 import AppTest

from digitlab.ui.shell.page_views import WHAT


def chart(page: AppTest, key: str) -> Any:
    """The figure with this key, as the browser gets it."""
    (shown,) = [chart for chart in page.get("plotly_chart") if chart.proto.id.endswith(f"-{key}")]
    return json.loads(shown.proto.spec)


class _Pictures(HTMLParser):
    """Of HTML, each picture's attributes and its caption."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[dict[str, Any]] = []

    def handle_starttag(self, tag: Any, attributes: Any) -> None:
        if tag == "img":
            self.pictures.append({**dict(attributes), "caption": ""})

    def handle_data(self, data: str) -> None:
        if self.pictures:
            self.pictures[-1]["caption"] += data


def rows_of_pictures(page: AppTest) -> list[list[Any]]:
    """Each row of pictures on the page: of each picture its `src`, `alt` and `caption`."""
    rows = []
    for element in page.get("html"):
        parser = _Pictures()
        parser.feed(element.proto.body)
        rows += [parser.pictures] if parser.pictures else []
    return rows


def captions(page: AppTest) -> list[Any]:
    """What stands under the pictures on the page."""
    return [
        picture["caption"]
        for row in rows_of_pictures(page)
        for picture in row
        if picture["caption"]
    ]


def text(page: AppTest) -> str:
    return "\n".join(element.value for element in page.markdown)


def code(page: AppTest) -> str:
    return "\n".join(element.value for element in page.code)


def control(kind: Any, label: str) -> Any:
    """The widget whose label begins so: its key changes when something else changes the value."""
    return next(widget for widget in kind if widget.label.startswith(label))


def open_view(page: AppTest, name: str) -> AppTest:
    """The page with another of its views chosen, if it shows no error."""
    return checked(control(page.segmented_control, WHAT).set_value(name).run())


def checked(page: AppTest) -> AppTest:
    """The page, if it shows no error."""
    assert not page.exception
    assert not page.error
    return page


def press(page: AppTest, label: str) -> AppTest:
    """The page after a press of this button, if it shows no error."""
    return checked(control(page.button, label).click().run())
