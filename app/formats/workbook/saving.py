"""Saving with what openpyxl leaves out: the values of formulas, and the same bytes for the same content.

A formula without a stored value is empty in mail and phone previews and to every reader that does not
calculate. LibreOffice shows a stored value without recalculating it, so a wrong one would be shown: each
formula gets the number counted by us, or saving fails.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.xml.functions import tostring

Stored = Mapping[tuple[str, str], float | str]

_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v\s*(?:/>|></v>)</c>')
_PROPERTIES = "docProps/core.xml"


def workbook_bytes(workbook: Any, stored: Stored, made_at: datetime) -> bytes:
    """The file of an openpyxl workbook, dated ``made_at`` (UTC).

    ``stored`` holds the value of each formula by (sheet, cell). Raises ValueError if a formula has no value
    or a value no formula.
    """
    sheets = {
        f"xl/worksheets/sheet{number}.xml": worksheet.title for number, worksheet in enumerate(workbook.worksheets, 1)
    }
    written, result, filled = io.BytesIO(), io.BytesIO(), set[tuple[str, str]]()
    workbook.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name in sheets:
                data = _with_values(data, sheets[name], stored, filled)
            elif name == _PROPERTIES:
                data = _dated_properties(workbook, made_at)
            entry = zipfile.ZipInfo(name, date_time=made_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    if filled != set(stored):
        raise ValueError(f"values without a formula: {sorted(set(stored) - filled)}")
    return result.getvalue()


def _with_values(data: bytes, sheet: str, stored: Stored, filled: set[tuple[str, str]]) -> bytes:
    def fill(match: re.Match[bytes]) -> bytes:
        key = (sheet, match[1].decode())
        if key not in stored:
            raise ValueError(f"formula without a value: {key}")
        filled.add(key)
        return _cell(match, stored[key])

    return _FORMULA_CELL.sub(fill, data)


def _cell(match: re.Match[bytes], value: float | str) -> bytes:
    kind, shown = b"", repr(value)
    if isinstance(value, str):
        kind, shown = b' t="str"', escape(value)
    body = shown.encode("ascii", "xmlcharrefreplace")
    return b'<c r="%s"%s%s><f>%s</f><v>%s</v></c>' % (match[1], match[2], kind, match[3], body)


def _dated_properties(workbook: Any, made_at: datetime) -> bytes:
    properties = workbook.properties
    properties.created = properties.modified = made_at  # openpyxl puts the present moment here while it saves
    return bytes(tostring(properties.to_tree()))
