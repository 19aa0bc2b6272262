"""Asks the office's ClamAV about a file before it is taken, where there is one (BDG_CLAMAV: host:port, or a socket)."""

import os
import socket
import struct
from contextlib import closing
from typing import IO

from flask_babel import lazy_gettext as _l

from app.core.errors import Busy, Refused

SECONDS = 60.0
FOUND = _l("Phần mềm diệt virus của cơ quan báo tệp có %(name)s nên không được nhận.")
SILENT = _l("Không hỏi được phần mềm diệt virus của cơ quan nên tệp chưa được nhận. Hãy báo quản trị rồi tải lên lại.")
_CHUNK = 1 << 18
_END = struct.pack("!L", 0)


def check(stream: IO[bytes]) -> None:
    """Have the whole of `stream` scanned, which is left at its start; nothing where no scanner is set.

    Raises `Refused` with the name of what was found, `Busy` where the scanner gives no clear answer: a file that
    nobody has looked at is not taken.
    """
    place = os.environ.get("BDG_CLAMAV", "")
    if not place:
        return
    stream.seek(0)
    try:
        with closing(_connected(place)) as connection:
            said = _asked(connection, stream)
    except (OSError, ValueError) as error:
        raise Busy(SILENT) from error
    finally:
        stream.seek(0)
    if said.endswith("FOUND"):
        raise Refused(FOUND % {"name": said.removeprefix("stream: ").removesuffix(" FOUND")})
    if said != "stream: OK":
        raise Busy(SILENT)


def _connected(place: str) -> socket.socket:
    host, colon, port = place.rpartition(":")
    if colon:
        return socket.create_connection((host, int(port)), SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(SECONDS)
        connection.connect(place)
    except OSError:
        connection.close()
        raise
    return connection


def _asked(connection: socket.socket, stream: IO[bytes]) -> str:
    """The answer to INSTREAM: pieces with their lengths before them, ended by a length of nothing."""
    connection.sendall(b"zINSTREAM\0")
    while piece := stream.read(_CHUNK):
        connection.sendall(struct.pack("!L", len(piece)) + piece)
    connection.sendall(_END)
    said = b""
    while piece := connection.recv(4_096):
        said += piece
    return said.rstrip(b"\0\n").decode(errors="replace")
