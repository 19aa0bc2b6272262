"""The server's side of the network: which connections it keeps, what it takes of them, how it stops.

Waitress reads every body to its end before the application is asked. So the size is judged on the headers here
(`door`), connections that are slow or idle make room for others, and a stop lets what is in hand come to its end.
"""

import time
from collections import Counter
from collections.abc import Iterator

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from app.serve.listening.channel import Channel, Parser
from app.serve.listening.door import MOST_BYTES, Door

# Of these, five may wait for the write lock and one hold it (app.core.line), three may be at long work or wait for it
# (app.core.long_work): three are always left for pages. Fewer wait behind a long answer; more take the interpreter
# from each other.
THREADS = 12
CONNECTIONS = 400
PER_ADDRESS = 100  # of one machine; behind a proxy all are the proxy's
STOP_S = 30
_LOOK_EVERY_S = 0.2


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress is untyped
    """One address that is listened on."""

    per_address: int

    def handle_accept(self) -> None:
        super().handle_accept()
        connected = self.active_channels.values()
        if len(self._map) > CONNECTIONS:
            _make_room(list(connected))
        elif connected:
            newest = max(connected, key=lambda channel: channel.creation_time)
            near = [channel for channel in connected if channel.addr[0] == newest.addr[0]]
            if len(near) > self.per_address:
                _make_room(near)

    def maintenance(self, now: float) -> None:
        """Close what is out of patience."""
        super().maintenance(now)
        moment = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.is_slow(moment):
                channel.will_close = True

    def close_door(self) -> None:
        """Take no more connections; those that are open stay."""
        wasyncore.dispatcher.close(self)


class Listening:
    """All addresses of one server."""

    def __init__(self, app: Flask, host: str, port: int, *, proxies: int) -> None:
        self._adjustments = _adjustments(host, port, proxies)
        self._map: dict[int, object] = {}
        self._dispatcher = ThreadedTaskDispatcher()
        self._dispatcher.set_thread_count(self._adjustments.threads)
        parser = type("DoorParser", (Parser,), {"door": Door(app)})
        channel = type("DoorChannel", (Channel,), {"parser_class": parser})
        kind = type(
            "DoorServer",
            (Server,),
            {"channel_class": channel, "per_address": CONNECTIONS if proxies else PER_ADDRESS},
        )
        self._servers = [
            kind(app, self._map, dispatcher=self._dispatcher, adj=self._adjustments, sockinfo=place)
            for place in self._adjustments.listen
        ]

    def run(self) -> None:
        """Serve until a signal says to stop; then let what is in hand come to its end, for `STOP_S` at most."""
        try:
            self._loop(timeout=1.0)
        except (SystemExit, KeyboardInterrupt):
            self._stop()

    def _stop(self) -> None:
        for server in self._servers:
            server.close_door()
        last = time.monotonic() + STOP_S
        while time.monotonic() < last and self._in_hand():
            self._loop(timeout=_LOOK_EVERY_S, count=1)
        self._dispatcher.shutdown()
        wasyncore.close_all(self._map, ignore_all=True)

    def _in_hand(self) -> bool:
        """Whether anything is; what is not is closed, so that no further request comes in on it."""
        waiting = list(self._channels())
        for channel in waiting:
            if not channel.in_hand:
                channel.handle_close()
        return any(channel.in_hand for channel in waiting)

    def _channels(self) -> Iterator[Channel]:
        for server in self._servers:
            yield from list(server.active_channels.values())

    def _loop(self, *, timeout: float, count: int | None = None) -> None:
        wasyncore.loop(timeout=timeout, map=self._map, use_poll=self._adjustments.asyncore_use_poll, count=count)


def _adjustments(host: str, port: int, proxies: int) -> Adjustments:
    return Adjustments(
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=2 * CONNECTIONS,  # beyond ours: whoever comes is let in, and somebody else makes room
        cleanup_interval=1,
        max_request_body_size=2 * MOST_BYTES,  # the door's own limit is lower
        ident=None,
        clear_untrusted_proxy_headers=not proxies,  # else the application weighs them itself
    )


def _make_room(channels: list[Channel]) -> None:
    """Close the connection that has gone longest without a whole request, of the address that holds most of those.

    Where all of them are at work, the newcomer has to come again.
    """
    idle = [channel for channel in channels if channel.asks_nothing]
    newest = max(channels, key=lambda channel: channel.creation_time)
    held = Counter(channel.addr[0] for channel in idle)
    others = [channel for channel in idle if channel is not newest]
    leaving = min(others, key=lambda channel: (-held[channel.addr[0]], channel.free_since), default=newest)
    leaving.handle_close()
