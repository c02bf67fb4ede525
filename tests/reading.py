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
