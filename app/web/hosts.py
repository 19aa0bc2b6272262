"""Under which address this installation is reached: what papers and texts say, and which requests are answered.

The address is a setting (`BDG_PUBLIC_URL`). What a request says of its host – its Host header; X-Forwarded-Host and the
like are never read – goes into no paper and no text, but for the names of this very machine while nothing is set.
"""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

from flask import current_app, request

from app.config import Config
from app.web.request_values import parts_of

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
FOREIGN_HOST = (
    "Máy chủ này không phục vụ địa chỉ vừa gọi. Hãy dùng đúng địa chỉ do cơ quan công bố.\n"
    "This server does not answer at this address.\n"
)
_HEALTH = "/healthz"  # asked on the machine itself, by whatever looks after it


class HostGate:
    """The WSGI application in front of `inner` that answers requests for the public host alone, once it is set."""

    def __init__(self, inner: Application, config: Config) -> None:
        self.inner, self.name = inner, host_name(parts_of(config.public_url).netloc)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not self.name or self._is_ours(environ):
            return self.inner(environ, start_response)
        body = FOREIGN_HOST.encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response("400 BAD REQUEST", [*headers, ("Cache-Control", "no-store"), ("Connection", "close")])
        return [body]

    def _is_ours(self, environ: dict[str, Any]) -> bool:
        asked = host_name(environ.get("HTTP_HOST", ""))
        return asked == self.name or (environ.get("PATH_INFO") == _HEALTH and is_this_machine(asked))


def site() -> str:
    """The address of this site with its last "/", for papers and texts; nothing where it is not known."""
    public: str = current_app.extensions["bdg"].public_url
    if public:
        return f"{public}/"
    return request.url_root if is_this_machine(host_name(request.host)) else ""


def host_name(netloc: str) -> str:
    """The name in a Host header or an address, without its port; nothing for what is none."""
    parts = parts_of(f"//{netloc}")
    if parts.netloc != netloc or parts.path or parts.query or parts.fragment or "@" in netloc or "," in netloc:
        return ""
    return (parts.hostname or "").rstrip(".")


def is_this_machine(name: str) -> bool:
    """Whether a host name always means the machine itself."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
