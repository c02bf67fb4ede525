"""What a page under AppTest shows, in plain values."""

import json


def chart(page, key):
    """The figure with this key, as the browser gets it."""
    (found,) = [one for one in page.get("plotly_chart") if one.proto.id.endswith(f"-{key}")]
    return json.loads(found.proto.spec)


def text(page):
    return "\n".join(element.value for element in page.markdown)


def code(page):
    return "\n".join(element.value for element in page.code)


def control(kind, label):
    """The widget whose label begins so: its key changes when something else changes the value."""
    return next(widget for widget in kind if widget.label.startswith(label))
