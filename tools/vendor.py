"""Fetch the browser's third-party files at pinned versions, prove them, and lay them under app/static.

Needs npm (only to download: nothing is built and no package script runs).
"""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict
from xml.etree import ElementTree

ROOT: Final = Path(__file__).resolve().parent.parent
STATIC: Final = ROOT / "app" / "static"
VENDOR: Final = STATIC / "vendor"
MANIFEST: Final = VENDOR / "manifest.json"
ICON_LIST: Final = ROOT / "tools" / "icons.txt"
SPRITE: Final = STATIC / "icons.svg"

SVG: Final = "http://www.w3.org/2000/svg"
FONT_SUBSETS: Final = ("latin", "latin-ext", "vietnamese")
FONT_WEIGHTS: Final = (400, 500, 600, 700)


class VendorError(Exception):
    """A package could not be fetched, or is not the one that was pinned; the message says which."""


class Entry(TypedDict):
    """One shipped file, `file` being its path under app/static."""

    name: str
    version: str
    licence: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Package:
    """A pinned package: `files` maps a path inside it to the name it is shipped under."""

    name: str
    source: str
    version: str
    licence: str
    integrity: str
    files: dict[str, str]

    @property
    def folder(self) -> Path:
        return VENDOR / f"{self.name}-{self.version}"


FONTS: Final = {
    f"files/be-vietnam-pro-{subset}-{weight}-normal.woff2": f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
    for subset in FONT_SUBSETS
    for weight in FONT_WEIGHTS
}

PACKAGES: Final = (
    Package(
        name="htmx",
        source="htmx.org",
        version="4.0.1",
        licence="0BSD",
        integrity="sha512-oF7JgXhDW9UXCy/k1ZYFUQgzu/rm19ORWPSPNL91vPluB2PB9+MV55tyQdH/w7o2EAbTYUG5SDW1R60mdkdqGg==",
        files={"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE.txt"},
    ),
    Package(
        name="sortablejs",
        source="sortablejs",
        version="1.15.7",
        licence="MIT",
        integrity="sha512-Kk8wLQPlS+yi1ZEf48a4+fzHa4yxjC30M/Sr2AnQu+f/MPwvvX9XjZ6OWejiz8crBsLwSq8GHqaxaET7u6ux0A==",
        files={"Sortable.min.js": "Sortable.min.js", "LICENSE": "LICENSE.txt"},
    ),
    Package(
        name="be-vietnam-pro",
        source="@fontsource/be-vietnam-pro",
        version="5.3.0",
        licence="OFL-1.1",
        integrity="sha512-xhAQBGHDxP5BF8IJxedy5MoWUmc1DlPCcZbMLhvnPkf8TaYCbbUVs3LjpuJ4BYdTrdiCLaewNaY8z+owq/FqFw==",
        files={**FONTS, "LICENSE": "OFL.txt"},
    ),
    Package(
        name="lucide",
        source="lucide-static",
        version="1.62.0",
        licence="ISC AND MIT",
        integrity="sha512-WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA==",
        files={"LICENSE": "LICENSE.txt"},
    ),
)


def main() -> int:
    """Replace app/static/vendor and the icon sprite by freshly fetched, verified files; exit code 0 or 1."""
    npm = shutil.which("npm")
    if npm is None:
        print("Thiếu npm: cài Node.js rồi chạy lại «python3 run.py vendor».")
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="bdg-vendor-") as work:
            entries = [entry for package in PACKAGES for entry in _take(npm, package, Path(work))]
    except VendorError as error:
        print(error)
        return 1
    _drop_other_versions()
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8", newline="\n")
    print(f"Đã đặt {len(entries)} tệp của {len(PACKAGES)} gói vào {VENDOR.relative_to(ROOT)}.")
    return 0


def icon_names() -> list[str]:
    """The Lucide icons the sprite carries, in its order."""
    return ICON_LIST.read_text(encoding="utf-8").split()


def _take(npm: str, package: Package, work: Path) -> list[Entry]:
    shutil.rmtree(package.folder, ignore_errors=True)
    package.folder.mkdir(parents=True)
    shipped = []
    with tarfile.open(_download(npm, package, work)) as archive:
        for inside, name in package.files.items():
            target = package.folder / name
            target.write_bytes(_member(archive, inside))
            shipped.append(target)
        if package.name == "lucide":
            SPRITE.write_text(_sprite(archive, package), encoding="utf-8", newline="\n")
            shipped.append(SPRITE)
    return [_entry(package, path) for path in shipped]


def _download(npm: str, package: Package, work: Path) -> Path:
    target = work / f"{package.name}.download"
    target.mkdir()
    command = [npm, "pack", f"{package.source}@{package.version}", "--silent", "--ignore-scripts"]
    done = subprocess.run(
        [*command, "--pack-destination", str(target), "--cache", str(work / "cache")],
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )
    archive = next(target.glob("*.tgz"), None)
    if archive is None:
        raise VendorError(f"Không tải được {package.source} {package.version}: {done.stderr.strip()}")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise VendorError(f"{package.source} {package.version} không đúng bản đã ghim (sha512 khác).")
    return archive


def _member(archive: tarfile.TarFile, inside: str) -> bytes:
    # Members are read by name and nothing is unpacked, so a path inside the archive cannot lead outside.
    try:
        member = archive.extractfile(f"package/{inside}")
    except KeyError:
        member = None
    if member is None:
        raise VendorError(f"Gói tải về không có tệp {inside}.")
    return member.read()


def _sprite(archive: tarfile.TarFile, package: Package) -> str:
    """One SVG with a symbol per icon: only shapes, so that a page's CSS decides stroke and colour."""
    symbols = [_symbol(_member(archive, f"icons/{name}.svg"), name) for name in icon_names()]
    notice = f"<!-- Lucide {package.version}, {package.licence}: vendor/{package.folder.name}/LICENSE.txt -->"
    return "\n".join([f'<svg xmlns="{SVG}">', notice, *symbols, "</svg>", ""])


def _symbol(picture: bytes, name: str) -> str:
    shapes = []
    for shape in ElementTree.fromstring(picture):
        attributes = "".join(f' {key}="{value}"' for key, value in shape.attrib.items())
        shapes.append(f"<{shape.tag.removeprefix(f'{{{SVG}}}')}{attributes}/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def _entry(package: Package, path: Path) -> Entry:
    return {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "file": path.relative_to(STATIC).as_posix(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _drop_other_versions() -> None:
    kept = {package.folder for package in PACKAGES}
    for folder in VENDOR.iterdir():
        if folder.is_dir() and folder not in kept:
            shutil.rmtree(folder)
