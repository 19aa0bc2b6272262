"""Stored files on their way out: whole and as they were received, or not at all."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from flask import Response, current_app, request

from app.files import upkeep
from app.files.store import ALTERED, FileLost, installed_store
from app.web.responses import attachment, or_404

AT_ONCE = 4_000_000  # bytes that are compared before the first of them goes out
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Outgoing:
    """What is handed out, as plain values: logging it ends the read in which its row was found."""

    table: str
    row_id: int
    key: str
    name: str
    size: int
    sha256: str


def outgoing(row: Any) -> Outgoing:
    """The file that a row names; 404 where the row has none (yet)."""
    said = (row.storage_key, row.name, row.size, row.sha256)
    return Outgoing(row.__tablename__, row.id, *(or_404(value) for value in said))


def hand_out(file: Outgoing, media_type: str = "application/octet-stream") -> Response:
    """The file as an attachment, its SHA-256 compared as it goes out.

    Raises `FileLost` before the first byte where it is missing, has another length, or is small and altered. A large
    one that turns out to be altered is cut off before its end: no reader takes it for whole.
    """
    response = attachment(file.name, file.size, media_type)
    if request.method == "HEAD":
        return response
    stream = installed_store().open(file.key)
    if file.size <= AT_ONCE:
        response.set_data(_compared(file, stream))
        return response
    response.response = _streamed(file, stream, current_app._get_current_object())  # type: ignore[attr-defined]
    response.call_on_close(stream.close)
    return response


def _compared(file: Outgoing, stream: IO[bytes]) -> bytes:
    with stream:
        data = stream.read(file.size + 1)
    if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
        upkeep.alarm(file.table, file.row_id, file.key)
        raise FileLost(ALTERED)
    return data


def _streamed(file: Outgoing, stream: IO[bytes], app: Any) -> Iterator[bytes]:
    if stream.seek(0, 2) != file.size:
        stream.close()
        upkeep.alarm(file.table, file.row_id, file.key)
        raise FileLost(ALTERED)
    stream.seek(0)
    return _until_the_last(file, stream, app)


def _until_the_last(file: Outgoing, stream: IO[bytes], app: Any) -> Iterator[bytes]:
    """All of it; the last part leaves only once the whole was compared."""
    digest, held = hashlib.sha256(), b""
    with stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            if held:
                yield held
            held = chunk
    if digest.hexdigest() != file.sha256:
        with app.app_context():
            upkeep.alarm(file.table, file.row_id, file.key)
        raise FileLost(ALTERED)
    yield held
