"""How a plan is called where its title would be too long: by what it is about, cut at a word, with its year."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.core.vietnamese import fold

LETTERS = 44  # of a short name, its year aside
_OPENINGS = tuple(
    words.split()
    for words in ("kế hoạch", "tổ chức", "triển khai", "thực hiện", "công tác", "các nhiệm vụ", "nhiệm vụ", "về việc")
)


@dataclass(frozen=True)
class PlanName:
    """A plan as pages name it. No two plans have the same short name; the title says it whole.

    `followed`: it is of this year or later, or something on it is still open.
    """

    id: int
    title: str
    year: int
    short: str
    followed: bool = True


def named(plans: Iterable[Any]) -> list[PlanName]:
    """The names of `plans` (with id, title, year, number, number_suffix, followed), in their order."""
    listed = list(plans)
    shorts: dict[int, str] = {}
    for plan in sorted(listed, key=lambda plan: plan.id):  # what comes later steps aside
        shorts[plan.id] = _apart(plan, set(shorts.values()))
    return [PlanName(plan.id, plan.title, plan.year, shorts[plan.id], bool(plan.followed)) for plan in listed]


def _apart(plan: Any, taken: set[str]) -> str:
    short = _short(plan)
    if short in taken and plan.number:
        short = f"{short}, {plan.number}{plan.number_suffix or ''}"
    if short not in taken:
        return short
    return next(name for n in range(2, len(taken) + 3) if (name := f"{short} [{n}]") not in taken)


def _short(plan: Any) -> str:
    said = _subject(plan.title.split())
    if len(said) > LETTERS:
        said = said[: LETTERS + 1].rsplit(" ", 1)[0][:LETTERS].rstrip(" ,;:–-") + "…"
    said = f"{said[:1].upper()}{said[1:]}"
    return said if str(plan.year) in said else f"{said} ({plan.year})"


def _subject(words: list[str]) -> str:
    """What the plan is about: without the words with which every title opens."""
    rest = words
    while opening := next((o for o in _OPENINGS if _opens(rest, o)), None):
        rest = rest[len(opening) :]
    return " ".join(rest or words)


def _opens(words: list[str], opening: list[str]) -> bool:
    return fold(" ".join(words[: len(opening)])) == fold(" ".join(opening))
