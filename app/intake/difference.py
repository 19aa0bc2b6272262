"""Two texts of one plan, duty by duty: what stayed, what changed, what came, what went. Pure.

Documents are compared with documents, never with the board: what people did there since is no change of the plan.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.core.vietnamese import fold
from app.formats.plan_reader import ReadClause, ReadDuty, ReadPlan

ALIKE = 0.5  # so much of two texts in common makes one a new wording of the other
SAME_PLAN_SHARE = 0.5  # so many clauses in common make two documents texts of one plan


@dataclass(frozen=True)
class Match:
    """A duty of the older text (its number, from 0, or None) and the one of the newer text that stands for it."""

    old: int | None
    new: int | None
    changed: bool = False


def share_in_common(old: ReadPlan, new: ReadPlan) -> float:
    """How much of the longer document's clauses the other has too, 0 to 1."""
    before, after = ({fold(clause.text) for clause in draft.clauses} for draft in (old, new))
    return len(before & after) / max(len(before), len(after), 1)


def compare(old: ReadPlan, new: ReadPlan) -> list[Match]:
    """Every duty of the newer text in its order with what it was; then those that are gone, in the older order."""
    before, after = _Side(old), _Side(new)
    pairs: dict[int, int] = {}
    for key in (_Side.all, _Side.words_and_place, _Side.words):
        _pair(pairs, before, after, key)
    _pair_alike(pairs, before, after)
    found = [
        Match(pairs.get(i), i, i in pairs and before.all(pairs[i]) != after.all(i)) for i in range(len(new.actions))
    ]
    gone = set(range(len(old.actions))) - set(pairs.values())
    return found + [Match(i, None) for i in sorted(gone)]


def match_clauses(old: ReadPlan, new: ReadPlan) -> dict[str, str]:
    """Address in the newer text → address in the older one, for every clause that is the same or a new wording."""
    pairs: dict[str, str] = {}
    for match in compare(old, new):
        if match.old is not None and match.new is not None:
            pairs.setdefault(new.actions[match.new].clause, old.actions[match.old].clause)
    free = [clause for clause in old.clauses if clause.address not in pairs.values()]
    for test in (_same_place, _same_text, _alike_place):
        for clause in new.clauses:
            found = next((c for c in free if clause.address not in pairs and test(c, clause)), None)
            if found is not None:
                pairs[clause.address] = found.address
                free.remove(found)
    return pairs


class _Side:
    """One of the two texts, its duties by their numbers."""

    def __init__(self, draft: ReadPlan) -> None:
        self.actions = draft.actions
        self.texts = {clause.address: clause.text for clause in draft.clauses}

    def said(self, i: int) -> str:
        """The words of a duty; where parts have dates of their own, those belong to the parts."""
        action, words = self.actions[i], self.texts.get(self.actions[i].clause, "")
        if action.duty is not None:
            return fold(action.duty)
        for part in self.actions:
            if part.clause == action.clause and part.duty is not None and part.deadline_wording:
                words = words.replace(part.deadline_wording, "")
        return fold(words)

    def words(self, i: int) -> Hashable:
        return self.said(i), self.actions[i].duty is None, self.leads(i)

    def words_and_place(self, i: int) -> Hashable:
        return self.said(i), self.actions[i].clause

    def all(self, i: int) -> Hashable:
        action = self.actions[i]
        coordinating = tuple(fold(name.name) for name in action.coordinating)
        return self.said(i), self.leads(i), coordinating, action.deadline, action.request, action.duty is None

    def leads(self, i: int) -> frozenset[str]:
        return frozenset(fold(name.name) for name in self.actions[i].lead)


def _pair(pairs: dict[int, int], before: _Side, after: _Side, key: Callable[[_Side, int], Hashable]) -> None:
    free = [i for i in range(len(before.actions)) if i not in pairs.values()]
    for new in range(len(after.actions)):
        if new in pairs:
            continue
        wanted, place = key(after, new), after.actions[new].clause
        same = [old for old in free if key(before, old) == wanted]
        if same:
            found = next((old for old in same if before.actions[old].clause == place), same[0])
            pairs[new] = found
            free.remove(found)


def _pair_alike(pairs: dict[int, int], before: _Side, after: _Side) -> None:
    for _ratio, old, new in sorted(_likenesses(pairs, before, after), reverse=True):
        if new not in pairs and old not in pairs.values():
            pairs[new] = old


def _likenesses(pairs: dict[int, int], before: _Side, after: _Side) -> Iterator[tuple[float, int, int]]:
    for new, action in enumerate(after.actions):
        for old, earlier in enumerate(before.actions):
            if new in pairs or old in pairs.values() or (action.duty is None) is not (earlier.duty is None):
                continue
            ratio = alike(before.said(old), after.said(new))
            if ratio >= ALIKE and (before.leads(old) & after.leads(new) or _same_address(action, earlier)):
                yield ratio, old, new


def alike(first: str, second: str) -> float:
    """How much two texts have in common, word by word, 0 to 1."""
    return SequenceMatcher(None, first.split(), second.split(), autojunk=False).ratio()


def _same_address(first: ReadDuty, second: ReadDuty) -> bool:
    return first.clause == second.clause


def _same_place(old: ReadClause, new: ReadClause) -> bool:
    return old.address == new.address and fold(old.text) == fold(new.text)


def _same_text(old: ReadClause, new: ReadClause) -> bool:
    return fold(old.text) == fold(new.text)


def _alike_place(old: ReadClause, new: ReadClause) -> bool:
    return old.address == new.address and alike(fold(old.text), fold(new.text)) >= ALIKE
