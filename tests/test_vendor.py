"""The browser's third-party files are the ones that were recorded, each with its licence."""

import hashlib
import json
import re
from xml.etree import ElementTree

from fontTools.ttLib import TTFont

from tools.vendor import FONT_WEIGHTS, MANIFEST, PACKAGES, ROOT, SPRITE, STATIC, SVG, VENDOR, icon_names

ENTRIES = json.loads(MANIFEST.read_text(encoding="utf-8"))
ICON_USE = re.compile(r"icons\.svg[^\"']*#([a-z0-9-]+)")


def test_every_vendored_file_has_the_recorded_hash():
    found = {entry["file"]: hashlib.sha256((STATIC / entry["file"]).read_bytes()).hexdigest() for entry in ENTRIES}
    assert found == {entry["file"]: entry["sha256"] for entry in ENTRIES}


def test_no_vendored_file_is_missing_from_the_manifest():
    files = {path.relative_to(STATIC).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    recorded = {entry["file"] for entry in ENTRIES}
    assert files - recorded == {"vendor/manifest.json"}


def test_the_manifest_names_exactly_the_pinned_packages_and_versions():
    recorded = {(entry["name"], entry["version"], entry["licence"]) for entry in ENTRIES}
    assert recorded == {(package.name, package.version, package.licence) for package in PACKAGES}


def test_every_package_brings_its_licence():
    for package in PACKAGES:
        assert any((package.folder / name).is_file() for name in ("LICENSE.txt", "OFL.txt")), package.name


def test_the_sprite_has_each_listed_icon_once():
    symbols = [symbol.get("id") for symbol in ElementTree.parse(SPRITE).getroot().iter(f"{{{SVG}}}symbol")]
    assert symbols == icon_names()
    assert len(set(symbols)) == len(symbols)


def test_every_icon_a_template_uses_is_in_the_sprite():
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    used = {name for page in pages for name in ICON_USE.findall(page)}
    assert used <= set(icon_names())


def test_the_figures_font_exists_in_every_weight_of_the_text_font():
    assert sorted(path.name for path in (STATIC / "fonts").glob("*.woff2")) == [
        f"bvp-figures-{weight}.woff2" for weight in FONT_WEIGHTS
    ]


def test_the_figures_font_gives_every_digit_the_same_width():
    for weight in FONT_WEIGHTS:
        font = TTFont(STATIC / "fonts" / f"bvp-figures-{weight}.woff2")
        widths = {font["hmtx"][name][0] for name in font.getBestCmap().values()}
        assert len(widths) == 1, weight
