"""Take the pictures of the help anew: `python -m tools.help_pictures [address of a running, untouched sample]`.

Without an address a sample is made and served for the purpose.

Each is of one size, in the light theme, in Vietnamese; the browser itself makes them small (WebP).
"""

import base64
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from tools.environment import ROOT

FOLDER: Final = ROOT / "app" / "static" / "help"
SIZE: Final = (960, 540)  # as the pages of the help give it
QUALITY: Final = 0.62
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
# name → who looks, the address, what is scrolled to the top (None: the page's head)
PICTURES: Final[dict[str, tuple[str, str, str | None]]] = {
    "home": ("lan", "/", None),
    "board": ("lan", "/board", None),
    "send": ("lan", "/cards/13", "#chuyen-send"),
    "evidence": ("mai", "/cards/13", "#minh-chung"),
    "notes": ("mai", "/cards/13", "#ghi-chu"),
    "plans": ("ha", "/plans", None),
    "confirm": ("chi", "/cards/17", None),
    "export": ("chi", "/export", None),
    "units": ("chi", "/units", None),
    "overview": ("son", "/", None),
    "people": ("quantri", "/people", None),
    "person": ("quantri", "/people/4", None),
    "settings": ("quantri", "/settings", None),
}
_TO_TOP = """selector => { const part = document.querySelector(selector); if (!part) throw new Error(selector);
  const fold = part.previousElementSibling; if (fold && fold.matches("details")) fold.open = true;
  if (part.matches("details")) part.open = true; part.scrollIntoView(); window.scrollBy(0, -90); }"""
_SMALLER = """async ([png, quality]) => { const image = new Image(); image.src = "data:image/png;base64," + png;
  await image.decode(); const canvas = Object.assign(document.createElement("canvas"),
  { width: image.width, height: image.height }); canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1]; }"""


def main(arguments: list[str]) -> int:
    """Write every picture into `app/static/help`; 0 when all were taken."""
    FOLDER.mkdir(exist_ok=True)
    with nullcontext(arguments[0]) if arguments else _site() as url, _browser() as browser:
        studio = browser.new_page()
        for name, (who, path, part) in PICTURES.items():
            png = _taken(browser, url, who, path, part)
            small = studio.evaluate(_SMALLER, [base64.b64encode(png).decode(), QUALITY])
            picture = base64.b64decode(small)
            (FOLDER / f"{name}.webp").write_bytes(picture)
            print(f"{name}.webp: {len(picture) // 1000} kB")
    return 0


def _taken(browser: Any, url: str, who: str, path: str, part: str | None) -> bytes:
    width, height = SIZE
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light", locale="vi-VN")
    page = context.new_page()
    page.goto(f"{url}/login")
    page.locator("#ten").fill(who)
    page.locator("#mat-khau").fill(f"mau-bdg-{who}")
    page.locator("form.panel button.primary").click()
    page.wait_for_url(f"{url}/")
    page.goto(f"{url}{path}", wait_until="load")
    if part is not None:
        page.evaluate(_TO_TOP, part)
    taken: bytes = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return taken


@contextmanager
def _site() -> Iterator[str]:
    from tests.browser.serving import Site

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        site = Site(data)
        try:
            yield site.url
        finally:
            site.stop()


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from tests.machine import chromium_path

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_path()), args=list(ARGUMENTS))
        yield browser
        browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
