"""How a Chromium is started for tests: quiet, and with the libraries that an old one brings along."""

import os
from pathlib import Path
from typing import Any

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--no-zygote",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SAME_LETTERS = "--font-render-hinting=none"  # else two builds round the widths of letters differently


def options(program: Path, *more: str) -> dict[str, Any]:
    """What Playwright needs to start `program`; a `lib` folder beside it holds what its machine may lack."""
    started = {"executable_path": str(program), "args": [*ARGUMENTS, *more], "headless": True}
    libraries = program.parent / "lib"
    if libraries.is_dir():
        started["env"] = {**os.environ, "LD_LIBRARY_PATH": str(libraries)}
    return started
