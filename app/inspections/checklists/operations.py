"""Checklists: written, changed into a new version, put away. No version is ever rewritten."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.core.vietnamese import fold
from app.extensions import db
from app.inspections import queries
from app.inspections.models import Checklist, ChecklistContent, ChecklistVersion, Figure
from app.inspections.validation import MAX_LINE, MAX_TEXT, check_lengths

NAME_NEEDED = _l("Nhập tên của bộ nội dung kiểm tra.")
CONTENT_NEEDED = _l("Cần ít nhất một nội dung.")
NO_RATING = _l("“%(title)s” là tình trạng của địa phương: chỉ nhận xét và ghi số liệu, không xếp mức.")
SAME_TITLE = _l("Có hai nội dung cùng tên “%(title)s”.")


@dataclass(frozen=True)
class Content:
    """One content as it is written in a form."""

    title: str
    wording: str = ""
    address: str = ""
    is_situation: bool = False
    takes_rating: bool = False
    numbers_only: bool = False
    figures: tuple[Figure, ...] = field(default=())


def new_checklist(actor: Actor, name: str, contents: Sequence[Content]) -> Checklist:
    """Write a checklist with its first version. Raises `Forbidden`, `Refused`."""
    with change(actor, Permission.CHECKLIST_EDIT):
        _check(name, contents)
        made = Checklist(name=name, archived=False, versions=[])
        db.session.add(made)
        db.session.flush()
        _add_version(made.id, 1, contents)
    return made


def edit_checklist(
    actor: Actor, checklist: Checklist, name: str, contents: Sequence[Content], *, seen_version: int
) -> bool:
    """Change a checklist; other contents make a new version, and the old one is kept for those who follow it.

    Returns whether there is a new version. Raises `Forbidden`, `Stale`, `Refused`.
    """
    with change(actor, Permission.CHECKLIST_EDIT, checklist, seen_version=seen_version):
        _check(name, contents)
        last = queries.newest_version(checklist.id)
        checklist.name = name
        if last is not None and contents_of(last) == list(contents):
            return False
        if last is not None:
            last.closed = True
        _add_version(checklist.id, last.number + 1 if last else 1, contents)
        checklist.archived = False
    return True


def contents_of(version: ChecklistVersion) -> list[Content]:
    """What a version says, as a form would."""
    return [
        Content(c.title, c.wording, c.address, c.is_situation, c.takes_rating, c.numbers_only, tuple(c.figures))
        for c in version.contents
    ]


def figure_key(label: str) -> str:
    """The key under which the numbers of a figure are kept: its label folded."""
    return fold(label).replace(" ", "_")[:60]


def _add_version(checklist_id: int, number: int, contents: Sequence[Content]) -> None:
    version = ChecklistVersion(checklist_id=checklist_id, number=number, made_on=clock.today(), closed=False)
    version.contents = [
        ChecklistContent(
            position=position,
            title=content.title,
            wording=content.wording,
            address=content.address,
            is_situation=content.is_situation,
            takes_rating=content.takes_rating,
            numbers_only=content.numbers_only,
            takes_figures=[asdict(figure) for figure in content.figures],
        )
        for position, content in enumerate(contents)
    ]
    db.session.add(version)


def _check(name: str, contents: Sequence[Content]) -> None:
    if not name:
        raise Refused(NAME_NEEDED, field="name")
    if not contents:
        raise Refused(CONTENT_NEEDED, field="title-0")
    check_lengths((("name", name),), MAX_LINE)
    seen: set[str] = set()
    for place, content in enumerate(contents):
        check_lengths(((f"title-{place}", content.title),), MAX_LINE)
        check_lengths(((f"wording-{place}", content.wording),), MAX_TEXT)
        if content.takes_rating and content.is_situation:
            raise Refused(NO_RATING % {"title": content.title}, field=f"title-{place}")
        if fold(content.title) in seen:
            raise Refused(SAME_TITLE % {"title": content.title}, field=f"title-{place}")
        seen.add(fold(content.title))
