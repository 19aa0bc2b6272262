"""Time until a page can be used in Chromium: the first visit of a browser, and the second."""

import time
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from tools import machine

_TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def visits(url: str, cookies: dict[str, str], *, repeats: int = 3) -> dict[str, float]:
    """Median milliseconds of the first and second visit of a fresh browser, and the bytes of script it loaded."""
    from playwright.sync_api import sync_playwright  # late: most parts of the bench need no browser

    first, second, script = [], [], []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(machine.chromium()), args=["--no-sandbox"])
        for _ in range(repeats):
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            host = urlsplit(url).hostname
            context.add_cookies([{"name": n, "value": v, "domain": host, "path": "/"} for n, v in cookies.items()])
            page = context.new_page()
            scripts = _count_scripts(context, page)
            first.append(_visit(page, url))
            script.append(float(sum(scripts)))
            page.goto("about:blank")
            second.append(_visit(page, url))
            context.close()
        browser.close()
    return {"first": median(first), "second": median(second), "script": median(script)}


def _visit(page: Any, url: str) -> float:
    began = time.perf_counter()
    page.goto(url, wait_until="load")
    page.evaluate(_TWO_FRAMES)
    return (time.perf_counter() - began) * 1_000


def _count_scripts(context: Any, page: Any) -> list[float]:
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: list[float] = []
    network.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    network.on(
        "Network.loadingFinished",
        lambda told: sizes.append(told["encodedDataLength"]) if kinds.get(told["requestId"]) == "Script" else None,
    )
    return sizes
