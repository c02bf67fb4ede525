"""Plain answers of the server to what it does not let in."""

from html import escape

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

_AGAIN_SECONDS = 20

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>DigitLab</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{seconds}">
<style>:root {{ color-scheme: light dark }}
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; \
padding: 0 1rem }}</style>
</head><body><h1>{title}</h1><p>{sentence}</p>\
<p>This page tries again by itself every {seconds} seconds.</p></body></html>
"""


def page(title: str, sentence: str) -> Response:
    """An answer to a browser that wants a page, which asks again by itself."""
    content = _PAGE.format(title=escape(title), sentence=escape(sentence), seconds=_AGAIN_SECONDS)
    return HTMLResponse(content, 503, {"Retry-After": str(_AGAIN_SECONDS)})


async def refuse(status: int, sentence: str, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request with a sentence."""
    again = {"Retry-After": str(_AGAIN_SECONDS)} if status in {429, 503} else None
    await PlainTextResponse(sentence, status, again)(scope, receive, send)
