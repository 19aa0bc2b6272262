"""The official count read a second time, straight from the stored events, with nothing of the program.

The rules are those of the office: total = done (in time, late) + open (in time, late) + no date + thường xuyên;
requests, what inspections ask and Không thực hiện stand outside; each event counts from its effective day, with all
that is known now.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text

from app.extensions import db

SILENT = {
    "due_set", "extension_asked", "extended", "extension_refused", "extension_withdrawn", "kind_changed", "amended",
    "holder_set", "inherited",
}  # fmt: skip
LANDS = {
    "sent": "waiting", "confirmed": "done", "asked_more": "doing", "returned": "doing", "reopened": "doing",
    "closed": "done", "answered": "done", "answer_taken_back": "todo", "paused": "paused", "dropped": "dropped",
    "result_noted": "doing",
}  # fmt: skip
REPLIES = {"confirmed", "asked_more", "returned", "withdrawn", "reopened"}
OUTSIDE, STANDING, NO_DATE = "outside", "standing", "no_deadline"
DONE_ON_TIME, DONE_LATE, OPEN_IN_TIME, OPEN_LATE = "done_on_time", "done_late", "open_in_time", "open_late"


@dataclass
class Standing:
    """How one duty stands at the end of a day."""

    card: int
    unit: str
    status: str
    line: str
    not_yet: bool
    request: bool
    remedy: bool
    completed_on: date | None
    withdrawn: bool = False
    asked: bool = True  # of what inspections ask: whether the conclusion had been issued


def standings(plan_id: int, day: date, *, due_day_counts: bool) -> list[Standing]:
    """Every duty that was there at the end of `day`."""
    names, conclusions = _names(day), _conclusions()
    events = defaultdict(list)
    for event in _read("SELECT * FROM card_event ORDER BY id"):
        events[event["card_id"]].append(event)
    found = []
    for card in _read("SELECT * FROM card WHERE plan_id = :plan ORDER BY id", plan=plan_id):
        (action,) = _read("SELECT * FROM action WHERE id = :id", id=card["action_id"])
        said = _stands(card, action, events[card["id"]], day, due_day_counts)
        said.unit = names[_unit(card, events[card["id"]], day)]
        issued, withdrawn = conclusions.get(card["id"], (date.min, None))
        said.asked, said.withdrawn = issued <= day, withdrawn is not None and withdrawn <= day
        found.append(said)
    return found


def _stands(card: Any, action: Any, events: list[Any], day: date, due_day_counts: bool) -> Standing:
    known = _known(events, day)
    status, sent, finished = "todo", None, None
    due, official, wording = _day(action["due_on"]), True, action["due_wording"] or ""
    for event in known:
        kind, on = event["kind"], event["on"]
        if kind in ("due_set", "extended"):
            due, official = _day(event["due_on"]), event["due_level"] == "ubnd"
            wording = event["reason"] or event["document_number"] or ""
        if kind in SILENT:
            continue
        status = LANDS.get(kind, event["to_status"])
        if kind == "sent":
            sent = sent or on
        if kind in ("returned", "withdrawn"):
            sent = None
        if kind in ("confirmed", "closed", "answered"):
            finished = sent or on
    kind = _kind(action["kind"], events, day)
    request, remedy = bool(action["is_request"]), bool(action["is_remedy"])
    starts = _day(action["starts_on"])
    ahead = starts is not None and day < starts and sent is None and status in ("todo", "doing", "waiting")
    last = due
    if due is not None and not due_day_counts and re.match(r"trước (ngày |tháng )?\d", wording.lower()):
        last = due - timedelta(days=1)
    line = _line(kind, status, request or remedy, ahead, last if official else None, sent or finished, day)
    done = status == "done" and (request or kind != "standing")
    return Standing(
        card["id"], "", status, line, ahead and line == OPEN_IN_TIME, request, remedy, finished if done else None
    )


def _line(kind: str, status: str, apart: bool, ahead: bool, last: date | None, judged: date | None, day: date) -> str:
    if apart or status == "dropped":
        return OUTSIDE
    if kind == "standing":
        return STANDING
    if status == "done":
        return DONE_LATE if last and judged and judged > last else DONE_ON_TIME
    if status == "paused" or ahead:
        return OPEN_IN_TIME
    if last is None:
        return NO_DATE
    return OPEN_LATE if (judged or day) > last else OPEN_IN_TIME


def _known(events: list[Any], day: date) -> list[Any]:
    """What had happened by the end of `day`, each event with the day that it counts from.

    An undo cancels its pair; a corrected ngày gửi is that of the sending by which the duty is judged; a reply to a
    sending is not older than the sending.
    """
    undone = {event["undoes_id"] for event in events}
    kept: list[Any] = []
    judging = None
    for event in events:
        if event["kind"] == "undone" or event["id"] in undone:
            continue
        on = _day(event["effective_on"])
        if event["kind"] == "date_corrected":
            judging["on"] = on
            continue
        one = dict(event) | {"on": on}
        if event["kind"] == "sent" and judging is None:
            judging = one
        if event["kind"] in ("returned", "withdrawn"):
            judging = None
        kept.append(one)
    latest = date.min
    known = []
    for event in kept:
        if event["kind"] == "sent":
            latest = event["on"]
        on = max(event["on"], latest) if event["kind"] in REPLIES else event["on"]
        if on <= day:
            known.append(event)
    return known


def _kind(now: str, events: list[Any], day: date) -> str:
    changes = [event for event in events if event["kind"] == "kind_changed"]
    by_then = [event for event in changes if _day(event["effective_on"]) <= day]
    if len(by_then) == len(changes):
        return now
    return str(by_then[-1]["kind_after"] if by_then else changes[0]["kind_before"])


def _unit(card: Any, events: list[Any], day: date) -> int:
    """A duty was the unit's that gave it away first after the day; else it is where it is now."""
    later = [e["from_unit_id"] for e in events if e["kind"] == "inherited" and _day(e["effective_on"]) > day]
    return int(later[0] if later else card["unit_id"])


def _names(day: date) -> dict[int, str]:
    names = {unit["id"]: unit["name"] for unit in _read("SELECT id, name FROM unit")}
    for former in _read("SELECT * FROM unit_name ORDER BY valid_to DESC"):
        if _day(former["valid_to"]) >= day:
            names[former["unit_id"]] = former["name"]
    return names


def _conclusions() -> dict[int, tuple[date, date | None]]:
    """Card → when the conclusion that asks it was issued, and withdrawn."""
    query = (
        "SELECT card_id, issued_on, withdrawn_on FROM recommendation JOIN conclusion ON conclusion.id = conclusion_id"
    )
    return {row["card_id"]: (_day(row["issued_on"]), _day(row["withdrawn_on"])) for row in _read(query)}


def lines_by_unit(stood: list[Standing]) -> dict[str, Counter[str]]:
    """Unit's name → how many duties stand on each line of the count, and how many of them are chưa đến kỳ."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in stood:
        if one.line != OUTSIDE:
            found[one.unit][one.line] += 1
            found[one.unit]["not_yet_started"] += one.not_yet
    return dict(found)


def _read(query: str, **values: Any) -> list[Any]:
    return list(db.session.execute(text(query), values).mappings())


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
