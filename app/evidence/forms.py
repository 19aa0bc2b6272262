"""The form of a document: what was posted becomes `Particulars` and files, or sentences by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any, Protocol

from flask_babel import lazy_gettext as _l

from app.core.days import About, about, read_day
from app.core.errors import Refused
from app.core.vietnamese import clean_line
from app.evidence.models import EvidenceKind
from app.evidence.particulars import Particulars, troubles
from app.files.store import Incoming

KIND_NEEDED = _l("Chọn loại văn bản.")


class Upload(Protocol):
    """A file field of a form."""

    filename: str | None

    @property
    def stream(self) -> IO[bytes]: ...


@dataclass(frozen=True)
class Posted:
    """What a form said. `errors` by field name; while there are any, `said` may be incomplete."""

    said: Particulars
    files: tuple[Incoming, ...]
    errors: dict[str, Any] = field(default_factory=dict)


def read(form: Mapping[str, str], uploads: Iterable[Upload] = (), *, year: int | None = None) -> Posted:
    """Read the fields kind, number, link, issued_on, sent_on, happened_on, summary, restricted, and the files.

    A day without a year is one of `year`, that of the plan. A file field that was left empty is no file.
    """
    errors: dict[str, Any] = {}
    near = about("issued_on", year=year)
    said = Particulars(
        kind=_kind(form.get("kind", ""), errors),
        summary=clean_line(form.get("summary", "")),
        number=clean_line(form.get("number", "")) or None,
        link=clean_line(form.get("link", "")) or None,
        issued_on=_day(form, "issued_on", errors, near),
        sent_on=_day(form, "sent_on", errors, near),
        happened_on=_day(form, "happened_on", errors, near),
        restricted=bool(form.get("restricted")),
    )
    files = tuple(Incoming(upload.filename, upload.stream) for upload in uploads if upload.filename)
    for name, sentence in troubles(said, len(files)):
        errors.setdefault(name, sentence)
    return Posted(said, files, errors)


def _kind(value: str, errors: dict[str, Any]) -> EvidenceKind:
    try:
        return EvidenceKind(value)
    except ValueError:
        errors["kind"] = KIND_NEEDED
        return EvidenceKind.OTHER


def _day(form: Mapping[str, str], name: str, errors: dict[str, Any], near: About) -> date | None:
    try:
        return read_day(form, name, near)
    except Refused as refusal:
        errors[name] = refusal.sentence
        return None
