"""Reads one workbook of results in a process of its own (`app.core.apart`): a hostile file costs that process alone.

Standard input: the bytes of the file. Standard output, as JSON: the rows that were filled in, or the sentence of the
refusal with the values to be put into it.
"""

import json
import sys
from datetime import date
from typing import Any

from app.formats import results_workbook


def main() -> None:
    """Answer what the process was asked on its standard input."""
    try:
        filled = results_workbook.read(sys.stdin.buffer.read())
        answer: dict[str, Any] = {"rows": [[_stored(value) for value in vars(row).values()] for row in filled]}
    except results_workbook.Unfit as unfit:
        answer = {"sentence": unfit.sentence, "values": unfit.values}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
