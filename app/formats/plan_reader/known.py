"""The units this product knows from the start."""

import json
from pathlib import Path

_KNOWN_UNITS = Path(__file__).with_name("known_units.json")


def known_aliases() -> dict[str, str]:
    """Written name → official name, for the units this product knows from the start."""
    known: dict[str, list[str]] = json.loads(_KNOWN_UNITS.read_text(encoding="utf-8"))
    return {written: name for name, aliases in known.items() for written in (name, *aliases)}
