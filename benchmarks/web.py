"""What a visitor's browser asks of the server over HTTP, beside the websocket."""

import contextlib
import re
import secrets
import urllib.request


def xsrf_token(address: str) -> str:
    """The token that Streamlit gives a browser with its first answer; it names the visitor too.

    Raises:
        LookupError: if the server gives none.
    """
    with contextlib.closing(urllib.request.urlopen(f"{address}/_stcore/health")) as answer:
        cookie = answer.headers.get("Set-Cookie", "")
    if not (token := re.search(r"_streamlit_xsrf=([^;]+)", cookie)):
        raise LookupError("The server gives its visitors no token.")
    return token.group(1)


def put_file(url: str, name: str, content: bytes, token: str, timeout: float) -> int:
    """Send a file as the uploader on a page does, to the place that the server named.

    Returns:
        The status of the answer.

    Raises:
        OSError: if the server does not take it.
    """
    border = secrets.token_hex(16)
    head = (
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    request = urllib.request.Request(
        url,
        data=head.encode() + content + f"\r\n--{border}--\r\n".encode(),
        method="PUT",
        headers={
            "Content-Type": f"multipart/form-data; boundary={border}",
            "Cookie": f"_streamlit_xsrf={token}",
            "X-Xsrftoken": token,
        },
    )
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        return int(answer.status)
