"""What people do with evidence: give it, review it, open its files. Files first, rows second, then the answer."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.core.actor import Actor
from app.core.change import GONE, change, record
from app.core.database import BEST_EFFORT_MS
from app.core.errors import Refused, TooLarge
from app.core.policy import Permission, require
from app.evidence import queries
from app.evidence.models import Dossier, Evidence, EvidenceFile, Review
from app.evidence.particulars import TOO_LONG, Particulars, check
from app.evidence.policy import unit_of
from app.extensions import db
from app.files.checks import file_types
from app.files.checks.names import kept_name
from app.files.pending import Pending, pending
from app.files.store import MEGABYTE, Incoming, Storage, Stored

CLOSED = _l("Nhiệm vụ đã khép lại: chỉ bổ sung được minh chứng khi nhiệm vụ được mở lại hoặc tiếp tục thực hiện.")
CLOSED_TO_REVIEW = _l(
    "Nhiệm vụ đã khép lại: chỉ xem xét lại được minh chứng khi nhiệm vụ được mở lại hoặc tiếp tục thực hiện."
)
OVER_QUOTA = _l(
    "Tệp chưa được lưu: đơn vị sẽ vượt hạn mức lưu trữ %(quota)s MB thêm %(over)s MB. Hãy nén nhỏ tệp, hoặc chỉ ghi "
    "số, ký hiệu hay mã văn bản trong QLVB, hoặc đề nghị quản trị nâng hạn mức."
)
REASON_NEEDED = _l("Nêu rõ nội dung cần bổ sung.")
VERDICT_NEEDED = _l("Chọn “Hợp lệ” hoặc “Cần bổ sung”.")
MAX_REASON = 2000
_COUNTS = {Review.VALID: "evidence_valid", Review.LACKING: "evidence_lacking"}


@dataclass(frozen=True)
class Kept:
    """A file that lies in the store and has no row yet."""

    name: str
    media_type: str
    stored: Stored


def add_evidence(
    actor: Actor,
    card: Dossier,
    said: Particulars,
    files: Sequence[Incoming],
    *,
    store: Storage,
    limit_bytes: int,
    quota_bytes: int = 0,
    document_key: str | None = None,
) -> Evidence:
    """Give a document with its files to a card. All files are kept, or none.

    Files of one form may come one by one, or again after a lost answer: they share `document_key` and land in one
    document, each once. Raises `Forbidden`; `Refused` for a closed card, wrong particulars or a file that is not
    taken (named); `TooLarge`, also for new files with which the card's unit has more than `quota_bytes` (0: no limit);
    `StorageFull`.
    """
    require(actor, Permission.EVIDENCE_ADD, card)
    _check_open(card, CLOSED)
    check(said, len(files), on_behalf=_acts_on_behalf(actor, card))
    with pending(store) as on_the_way:
        kept = _keep_all(files, store, limit_bytes, on_the_way)
        with change(actor, Permission.EVIDENCE_ADD, card):
            _check_open(card, CLOSED)
            evidence, extra = _place(actor, card, said, kept, document_key)
            if quota_bytes and len(extra) < len(kept):  # nothing to judge where no file is new
                _check_quota(card.unit_id, quota_bytes)
            on_the_way.placed(spare=[stored.stored.key for stored in extra])
    return evidence


def review_evidence(
    actor: Actor, evidence: Evidence, verdict: Review, reason: str = "", *, seen_version: int
) -> Evidence:
    """Say that a document is Hợp lệ, or Cần bổ sung and why. The card's counts and version follow.

    Raises `Forbidden`, `Stale` where the document is not as seen, `Refused` without a reason or on a closed card.
    """
    found = queries.evidence(evidence.id)
    if found is None:
        raise Refused(GONE)
    with change(actor, Permission.EVIDENCE_REVIEW, found, seen_version=seen_version):
        _check_open(found.card, CLOSED_TO_REVIEW)
        _check_verdict(verdict, reason)
        _count(found.card, found.review, -1)
        _count(found.card, verdict, 1)
        found.review, found.review_reason = verdict, reason or None
        found.reviewed_by_id, found.reviewed_at, found.reviewed_on = actor.id, clock.now(), clock.today()
        _raise_version(found.card, "evidence_total")
    return found


def record_download(actor: Actor, file: EvidenceFile, evidence: Evidence) -> None:
    """Log that a file is handed out. Raises `Forbidden` for whom its document is closed to.

    Raises `Busy` at once for a file that may be handed out unlogged, after waiting for a restricted one.
    """
    said = {"evidence_id": evidence.id, "restricted": evidence.restricted}
    patience_ms = None if evidence.restricted else BEST_EFFORT_MS
    record(actor, Permission.EVIDENCE_OPEN, evidence, said, of=("EvidenceFile", file.id), patience_ms=patience_ms)


def _acts_on_behalf(actor: Actor, card: Dossier) -> bool:
    return unit_of(actor, card) is None and not actor.is_system


def _check_open(card: Dossier, sentence: Any) -> None:
    if card.evidence_closed:
        raise Refused(sentence)


def _check_quota(unit_id: int, quota_bytes: int) -> None:
    """Within the write: two people who send at once are counted one after the other."""
    db.session.flush()
    used = queries.bytes_of(unit_id)
    if used > quota_bytes:
        over = -(-(used - quota_bytes) // MEGABYTE)
        raise TooLarge(OVER_QUOTA % {"quota": quota_bytes // MEGABYTE, "over": over}, field="files")


def _keep_all(files: Sequence[Incoming], store: Storage, limit_bytes: int, on_the_way: Pending) -> list[Kept]:
    kept: list[Kept] = []
    for file in files:
        kept.append(keep_file(file, store, limit_bytes))
        on_the_way.keys.append(kept[-1].stored.key)
    return kept


def keep_file(file: Incoming, store: Storage, limit_bytes: int) -> Kept:
    """Look at a file and lay it into the store; its row comes after. Raises `Refused` (naming it), `TooLarge`."""
    name = kept_name(file.name)
    with _naming(name):
        kind = file_types.recognise(name, file.stream)
        return Kept(name, kind.media_type, store.put(file.stream, limit_bytes))


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Say of which file a refusal is."""
    try:
        yield
    except Refused as refusal:
        raise type(refusal)(f"{name}: {refusal.sentence}", field="files") from refusal


def _place(
    actor: Actor, card: Dossier, said: Particulars, kept: list[Kept], document_key: str | None
) -> tuple[Evidence, list[Kept]]:
    """The document that takes the files, and the files it has already."""
    begun = _begun(actor, card, said, document_key)
    known = {file.sha256 for file in begun.files} if begun else set()
    fresh = {k.stored.sha256: k for k in reversed(kept) if k.stored.sha256 not in known}
    extra = [k for k in kept if fresh.get(k.stored.sha256) is not k]
    if begun is not None and not fresh:
        return begun, extra
    evidence = begun if begun is not None and begun.review is Review.UNSEEN else None
    if evidence is None:
        evidence = _new(actor, card, said, document_key)
        card.evidence_total += 1
        _note_uploader(card, actor.id)
    else:
        _raise_version(evidence, "summary")
        _raise_version(card, "evidence_total")
    evidence.files.extend(_row(k) for k in kept if fresh.get(k.stored.sha256) is k)
    return evidence, extra


def _begun(actor: Actor, card: Dossier, said: Particulars, document_key: str | None) -> Evidence | None:
    """The document that this form has begun; one that says something else is another document."""
    if not document_key:
        return None
    query = select(Evidence).where(
        Evidence.document_key == document_key, Evidence.card_id == card.id, Evidence.uploaded_by_id == actor.id
    )
    documents = db.session.scalars(query.order_by(Evidence.id.desc()))
    return next((d for d in documents if all(getattr(d, k) == v for k, v in asdict(said).items())), None)


def _new(actor: Actor, card: Dossier, said: Particulars, document_key: str | None) -> Evidence:
    evidence = Evidence(
        **asdict(said),
        card_id=card.id,
        unit_id=unit_of(actor, card) or card.unit_id,
        on_behalf=_acts_on_behalf(actor, card),
        uploaded_by_id=actor.id,
        uploaded_at=clock.now(),
        uploaded_on=clock.today(),
        review=Review.UNSEEN,
        document_key=document_key,
        files=[],
    )
    db.session.add(evidence)
    return evidence


def _row(kept: Kept) -> EvidenceFile:
    stored = kept.stored
    return EvidenceFile(
        storage_key=stored.key, name=kept.name, size=stored.size, media_type=kept.media_type, sha256=stored.sha256
    )


def _note_uploader(card: Dossier, person_id: int) -> None:
    ids = card.uploaders.split()
    if str(person_id) not in ids:
        card.uploaders = " ".join([*ids, str(person_id)])


def _count(card: Dossier, review: Review, by: int) -> None:
    name = _COUNTS.get(review)
    if name:
        setattr(card, name, getattr(card, name) + by)


def _check_verdict(verdict: Review, reason: str) -> None:
    if verdict is Review.UNSEEN:
        raise Refused(VERDICT_NEEDED, field="review")
    if verdict is Review.LACKING and not reason:
        raise Refused(REASON_NEEDED, field="reason")
    if len(reason) > MAX_REASON:
        raise Refused(TOO_LONG % {"limit": MAX_REASON}, field="reason")


def _raise_version(row: Any, column: str) -> None:
    """Write `row` even where no column of it changes: whoever looks at an older one must notice."""
    flag_modified(row, column)
