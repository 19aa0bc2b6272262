"""A client that reads every page twice: as the test asked, and as a careful reader of HTML would."""

import re
from collections import Counter
from html import unescape
from typing import Any

import html5lib
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.extensions import Protect
from tests.world import PASSWORD

_PLACEHOLDER = re.compile(r"\[[a-z]+:[0-9a-f]{8,}\]|\{\{|\{%")  # what should have been filled in before the answer left
_TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]*)"')
_FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


class Browser:
    """One person's browser. Pages are checked for a title, valid HTML, unique ids, and tokens in their forms."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.token = ""

    @property
    def cookie_name(self) -> str:
        """What the sign-in cookie of this installation is called."""
        return str(self.app.config["SESSION_COOKIE_NAME"])

    def sign_in(self, username: str, password: str) -> TestResponse:
        """Through the page, as people do."""
        self.get("/login")
        answer = self.post("/login", {"username": username, "password": password})
        assert answer.status_code == 303, answer.text
        self.get(answer.location)
        return answer

    def sign_in_as(self, username: str) -> None:
        """Somebody else sits down at the same browser."""
        self.post("/logout")
        self.token = ""
        self.get("/login")
        self.post("/login", {"username": username, "password": PASSWORD}, status=303)

    def get(self, url: str, *, status: int = 200, follow: bool = True, **headers: str) -> TestResponse:
        """A page visit; `status` is what it must answer."""
        answer = self._open("GET", url, headers=headers, follow_redirects=follow)
        assert answer.status_code == status, (url, answer.status_code, answer.text[:500])
        return answer

    def post(self, url: str, form: dict[str, Any] | None = None, *, status: int | None = None) -> TestResponse:
        """A plain form with its token; not followed."""
        answer = self._open("POST", url, data={"csrf_token": self.token} | (form or {}))
        assert status in (None, answer.status_code), (url, answer.status_code, answer.text[:500])
        return answer

    def htmx(
        self, method: str, url: str, form: dict[str, Any] | None = None, *, status: int | None = None, **headers: str
    ) -> TestResponse:
        """The same as a fragment."""
        data = {"csrf_token": self.token} | (form or {}) if method == "POST" else None
        answer = self._open(method, url, data=data, headers=_FRAGMENT | headers)
        assert status in (None, answer.status_code), (url, answer.status_code, answer.text[:500])
        return answer

    def _open(self, method: str, url: str, **options: Any) -> TestResponse:
        with self.app.app_context():  # each request its own: an outer one would leak the person signed in
            answer = self.client.open(url, method=method, **options)
        if answer.mimetype == "text/html":
            self._look_at_tokens(answer.text)
            if answer.text.lstrip().startswith("<!doctype"):
                self._read(answer.text)
        return answer

    def _look_at_tokens(self, html: str) -> None:
        """Whole page or fragment: nothing is left to be put in, and each form's token is one of this installation's."""
        assert not _PLACEHOLDER.search(html), _PLACEHOLDER.search(html)
        signed = URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token")
        for token in set(_TOKEN.findall(html)):
            signed.loads(token.partition(Protect.BETWEEN)[0])

    def _read(self, html: str) -> None:
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        parser.parse(html)
        faults = [fault for _place, fault, _more in parser.errors]
        assert not faults, (faults, html[:300])
        assert len(re.findall(r"<title>[^<]+</title>", html)) == 1
        ids = Counter(re.findall(r'\sid="([^"]+)"', html))
        assert not [i for i, n in ids.items() if n > 1], "ids are used twice"
        for form in re.findall(r"<form\b.*?</form>", html, re.DOTALL):
            assert re.search(r'\saction="[^"]+"', form[: form.index(">") + 1]), form[:200]
            if re.search(r'method="post"', form):
                assert 'name="csrf_token"' in form, form[:200]
        owned = set(re.findall(r'<(?:button|input|select|textarea)\b[^>]*\sform="([^"]+)"', html))
        assert owned <= set(re.findall(r'<form\b[^>]*\sid="([^"]+)"', html)), "a button sends a form that is not there"
        self._read_address(html)
        found = re.search(r'name="csrf_token" value="([^"]+)"', html)
        self.token = found[1] if found else self.token

    def _read_address(self, html: str) -> None:
        """A page says where it is read again; a form's own address, where it stands after a refusal, is none."""
        if re.search(r" data-(live|upload|keeps)\b|multipart/form-data", html):
            found = re.search(r'<body[^>]* data-page="([^"]+)"', html)
            assert found, "scripts of this page read it again, and it does not say where"
            self.app.url_map.bind("localhost").match(unescape(found[1]).partition("?")[0], method="GET")
