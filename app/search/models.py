"""Shadow rows for finding: derived from what they are about, written in the same change, never audited themselves."""

from enum import StrEnum

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class FoundKind(StrEnum):
    """What a row is about; `subject_id` is the id of an action, unit, document or note."""

    DUTY = "duty"
    UNIT = "unit"
    EVIDENCE = "evidence"
    NOTE = "note"


class SearchEntry(Model):
    """One text that can be found. `folded` has no accents, `exact` has them; both have their words between blanks."""

    __tablename__ = "search_entry"
    __table_args__ = (Index("ix_search_entry_subject", "kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FoundKind]
    subject_id: Mapped[int]
    card_id: Mapped[int | None]
    unit_id: Mapped[int | None]  # whose words they are, where not everybody reads them
    folded: Mapped[str] = mapped_column(Text)
    exact: Mapped[str] = mapped_column(Text)
