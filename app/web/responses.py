"""The plain answers of HTTP: not found, redirects, attachments."""

import unicodedata
from string import ascii_letters, digits
from typing import Any
from urllib.parse import quote

from flask import Response, abort, request

from app.web.rendering import wants_fragment

_FIT = frozenset(ascii_letters + digits + " -_.,()+")


def or_404(found: Any) -> Any:
    """What a person may not see does not exist for them."""
    return found if found is not None else abort(404)


def see_other(location: str) -> Response:
    """The answer to a form that was carried out: go and look (303), and for a script the same; 201 where files came in,
    because the script that sends them takes nothing else for a receipt (`static/js/receipt.js`).
    """
    if wants_fragment():
        status = 201 if any(file.filename for file in request.files.values()) else 204
        return Response(status=status, headers={"HX-Redirect": location})
    return go(location)


def go(location: str) -> Response:
    """A redirect (303) without words of its own."""
    return Response(status=303, headers={"Location": location})


def attachment(name: str, size: int, media_type: str = "application/octet-stream") -> Response:
    """The head of a file that is handed out, to be filled with its `size` bytes.

    Never shown inside this site: `script-src 'self'` together with users' files would be their script.
    """
    response = Response(mimetype=media_type)
    response.content_length = size
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str) -> str:
    """The header that names an attachment: in plain ASCII for programs that read no more, then as it is."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    stem, dot, ending = " ".join("".join(filter(_FIT.__contains__, plain)).split()).rpartition(".")
    fit = f"{stem.strip(' .') or 'tep'}.{ending}" if dot else ending or "tep"
    return f"attachment; filename=\"{fit}\"; filename*=UTF-8''{quote(name, safe='')}"
