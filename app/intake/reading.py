"""Has a plan's file read in a bounded process and gives the draft, or refuses with the reader's sentence."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.documents.plan_reader import PlanDraft, Problem, from_dict, known_aliases
from app.intake import old_word

SECONDS = 30
TOO_HARD = _l(
    "Không đọc được tệp trong thời gian cho phép. Hãy mở tệp bằng Word, lưu lại thành .docx rồi tải lên lần nữa."
)
_ROOT = Path(__file__).resolve().parent.parent.parent


def read(data: bytes, name: str, aliases: dict[str, str], max_bytes: int) -> PlanDraft:
    """The draft of the plan in `data`. `aliases` are folded written names → official ones, beside the known ones.

    Raises `Refused` with a sentence that says what is wrong with the file and what to do.
    """
    answer = _answer(data, name, aliases, max_bytes)
    if answer.get("problem") == Problem.OLD_WORD.value and (newer := old_word.to_docx(data)) is not None:
        answer = _answer(newer, f"{name}x", aliases, max_bytes)
    if "sentence" in answer:
        sentence = answer["sentence"]
        raise Refused(_(sentence), field="file")
    return from_dict(answer["draft"])


def _answer(data: bytes, name: str, aliases: dict[str, str], max_bytes: int) -> dict[str, Any]:
    asked = {"name": name, "aliases": known_aliases() | aliases, "max_bytes": max_bytes}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.intake.read_worker"],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            cwd=_ROOT,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Refused(TOO_HARD, field="file") from error
    return answer
