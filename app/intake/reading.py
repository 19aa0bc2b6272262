"""Has a plan's file read in a bounded process and gives the draft, or refuses with the reader's sentence."""

import json
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import apart
from app.core.errors import Refused
from app.formats.plan_reader import SENTENCES, Problem, ReadPlan, from_dict, known_aliases
from app.intake import old_word

BOUNDS = apart.Bounds(memory_bytes=400_000_000, cpu_seconds=15, seconds=25)
TOO_HARD = _l(
    "Không đọc được tệp trong thời gian cho phép. Hãy mở tệp bằng Word, lưu lại thành .docx rồi tải lên lần nữa."
)


def read(data: bytes, name: str, aliases: dict[str, str], max_bytes: int) -> ReadPlan:
    """The draft of the plan in `data`. `aliases` are folded written names → official ones, beside the known ones.

    Raises `Refused` with a sentence that says what is wrong with the file and what to do.
    """
    answer = _answer(data, name, aliases, max_bytes)
    if answer.get("problem") == Problem.OLD_WORD.value:
        answer = _old(data, name, aliases, max_bytes) or answer
    if "sentence" in answer:
        sentence = answer["sentence"]
        raise Refused(_(sentence), field="file")
    return from_dict(answer["draft"])


def _old(data: bytes, name: str, aliases: dict[str, str], max_bytes: int) -> dict[str, Any] | None:
    """What is read of a .doc once it is a .docx; None where nothing on this machine can make it one."""
    if not old_word.is_word(data):
        return {"sentence": SENTENCES[Problem.UNKNOWN_KIND]}
    newer = old_word.to_docx(data)
    return None if newer is None else _answer(newer, f"{name}x", aliases, max_bytes)


def _answer(data: bytes, name: str, aliases: dict[str, str], max_bytes: int) -> dict[str, Any]:
    asked = {"name": name, "aliases": known_aliases() | aliases, "max_bytes": max_bytes}
    try:
        told = apart.ask("app.intake.read_worker", json.dumps(asked).encode() + b"\n" + data, BOUNDS)
        answer: dict[str, Any] = json.loads(told)
    except (apart.Failed, ValueError) as error:
        raise Refused(TOO_HARD, field="file") from error
    return answer
