"""How papers of this office are headed, signed and sent, as the office has set it."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.change import Audited
from app.extensions import Model


class PaperProfile(Audited, Model):
    """One form of paper; several lines of a field are lines of its text. `version` rises with every change."""

    __tablename__ = "paper_profile"

    key: Mapped[str] = mapped_column(primary_key=True)
    superior_body: Mapped[str]
    issuing_body: Mapped[str] = mapped_column(Text)
    issuer: Mapped[str]
    symbol: Mapped[str]
    place: Mapped[str]
    signer: Mapped[str] = mapped_column(Text)
    signer_name: Mapped[str]
    recipients: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
