"""A client that speaks HTTP by hand: it sends what no browser would, and counts what is taken of it."""

import socket
import time
from contextlib import suppress


class Raw:
    """One connection to a server on this machine, from an address of one's choice."""

    def __init__(self, port: int, source: str = "127.0.0.1") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 10, (source, 0))

    def say(self, *lines: str) -> None:
        self.socket.sendall("\r\n".join(lines).encode())

    def ask(self, method: str, path: str, **headers: object) -> None:
        """The head of a request; `Content_Length=5` is the header Content-Length."""
        said = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.say(f"{method} {path} HTTP/1.1", "Host: localhost", *said, "", "")

    def pour(self, size: int, seconds: float = 20) -> int:
        """Send so many bytes, as long as somebody takes them; how many went."""
        piece, sent, last = b"a" * 65_536, 0, time.monotonic() + seconds
        with suppress(OSError):
            while sent < size and time.monotonic() < last:
                sent += self.socket.send(piece[: size - sent])
        return sent

    def answer(self, seconds: float = 20) -> bytes:
        """What the server says until it closes, or until so many seconds are over."""
        self.socket.settimeout(seconds)
        said = b""
        with suppress(OSError):
            while piece := self.socket.recv(65_536):
                said += piece
        return said

    def status(self, seconds: float = 20) -> int:
        """The status of the answer as soon as it is told; 0 for a connection that ends without one."""
        self.socket.settimeout(seconds)
        with suppress(OSError):
            said = self.socket.recv(15).split()
            return int(said[1]) if len(said) > 1 else 0
        return 0

    def close(self) -> None:
        self.socket.close()
