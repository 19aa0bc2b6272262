"""The lock as one machine reads it: which of its pins hold for a system and a version of Python."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.markers import Marker, default_environment

_ENTRY: Final = re.compile(r"^(?P<pin>[A-Za-z0-9._-]+==\S+)(?:\s*;\s*(?P<marker>[^\\\n]+?))?\s*\\\n", re.MULTILINE)


@dataclass(frozen=True)
class Target:
    """A kind of machine that packages are fetched for. `tags` are its platform tags, the preferred one first."""

    system: str
    python: str
    tags: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.system}, Python {self.python}"

    def environment(self) -> dict[str, str | AbstractSet[str]]:
        """What the markers of a lock are read against; whatever is not named here is as on this machine."""
        windows = self.system == "Windows"
        return {
            **{name: str(value) for name, value in default_environment().items()},
            "os_name": "nt" if windows else "posix",
            "sys_platform": "win32" if windows else "linux",
            "platform_system": self.system,
            "platform_machine": "AMD64" if windows else "x86_64",
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_version": f"{self.python}.0",
        }


def requirements(lock: Path, target: Target) -> str:
    """The pins of `lock` that `target` installs, with their hashes and without the markers, as a requirements file."""
    text = lock.read_text(encoding="utf-8")
    starts = [*_ENTRY.finditer(text)]
    ends = [*(entry.start() for entry in starts[1:]), len(text)]
    environment = target.environment()
    return "".join(
        f"{entry['pin']} \\\n{text[entry.end() : end]}"
        for entry, end in zip(starts, ends, strict=True)
        if entry["marker"] is None or Marker(entry["marker"]).evaluate(environment)
    )
