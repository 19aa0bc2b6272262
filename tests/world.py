"""The tests' world: the city's units, the cast and the real plan, put there by the program's own operations."""

import io
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.accounts.operations import sign_in as accounts
from app.accounts.queries.sessions import actor as actor_named
from app.cards.models import Card, CardEvent
from app.cards.moves import BY_DEED, Deed, MoveInput
from app.cards.operations import moving
from app.cards.queries import rows
from app.core import actor
from app.core.actor import Actor, Role
from app.core.vietnamese import fold
from app.evidence.models import Evidence, EvidenceKind
from app.evidence.operations import add_evidence
from app.evidence.particulars import Particulars
from app.extensions import db
from app.files.store import FileStore, Incoming
from app.intake.operations import plans as intake
from app.organisation.models import Unit
from app.organisation.operations.units import load_units
from app.organisation.queries import ids_by_key, units
from app.plans.models import Action, Clause, Plan

TODAY = date(2024, 5, 10)
PASSWORD = "mật khẩu thử nghiệm"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"

PEOPLE = {
    "lan": (("Phòng GD&ĐT", Role.HEAD),),
    "duc": (("Phòng GD&ĐT", Role.DEPUTY),),
    "mai": (("Phòng GD&ĐT", Role.STAFF),),
    "binh": (("Phòng VH&TT", Role.HEAD),),
    "chi": (("Phòng LĐTBXH", Role.HEAD), ("Phòng LĐTBXH", Role.COORDINATOR)),
    "ha": (("Phòng LĐTBXH", Role.COORDINATOR), ("Phòng LĐTBXH", Role.STAFF)),
    "son": (("UBND thành phố", Role.LEADER),),
    "yen": (("P. Ea Tam", Role.HEAD),),
    "nam": (("P. Ea Tam", Role.STAFF),),
    "hoa": (("MTTQ", Role.HEAD),),
    "quantri": (("Văn phòng", Role.ADMIN),),
}
"""username → (unit's short name, role): the named cast, as in the sample."""


class World:
    """Finds things by the names people use."""

    @property
    def plan(self) -> Plan:
        return db.session.scalars(select(Plan)).one()

    def unit(self, short_name: str) -> Unit:
        return db.session.scalars(select(Unit).where(Unit.short_name == short_name)).one()

    def clause(self, address: str) -> Clause:
        return db.session.scalars(select(Clause).where(Clause.address == address)).one()

    def card(self, clause: str, unit: str | None = None, duty: str | None = None) -> Card:
        """The card of a clause; its unit (short name) and part where there are several."""
        query = (
            select(Card.id)
            .join(Action, Action.id == Card.action_id)
            .join(Clause, Clause.id == Action.clause_id)
            .join(Unit, Unit.id == Card.unit_id)
            .where(Clause.address == clause)
            .where(Action.duty.is_(None) if duty is None else Action.duty == duty)
            .order_by(Unit.sort_order)
        )
        card_id = db.session.scalars(query if unit is None else query.where(Unit.short_name == unit)).first()
        assert card_id is not None, (clause, unit, duty)
        found = rows.card(person("chi"), card_id)
        assert found is not None
        return found


def person(username: str) -> Actor:
    """One of the cast, with the roles they hold."""
    found = actor_named(username)
    assert found is not None, username
    return found


def load_people() -> None:
    """Fill an empty database with the city's units and the cast."""
    load_units(actor.system())
    ids = ids_by_key(units())
    for username, grants in PEOPLE.items():
        made = accounts.create_person(actor.system(), username=username, name=username.title(), password=PASSWORD)
        person_id = made.id
        for short_name, role in grants:
            accounts.grant_role(actor.system(), person_id, ids[fold(short_name)], role)


def fill(files: Path) -> None:
    """Fill an empty database: the city's units, the cast, the real plan on the board with nothing done yet."""
    load_people()
    text = (Path(__file__).parent.parent / "app" / "sample" / "plan.txt").read_bytes()
    store = FileStore(files)
    draft = intake.read_in(person("chi"), "ke-hoach.txt", text, store=store, max_bytes=1_000_000)
    intake.adopt(person("chi"), draft)


def move(who: str, card: Card, deed: Deed, said: MoveInput | None = None) -> CardEvent:
    """Let somebody make one move with the card as it stands now."""
    return moving.make_move(person(who), card, BY_DEED[deed], seen_version=card.version, said=said or MoveInput())


def prove(who: str, card: Card, store: FileStore, **said: Any) -> Evidence:
    """Let somebody give a small signed PDF to a card; `said` overrides what is said of it."""
    particulars = {
        "kind": EvidenceKind.REPORT,
        "summary": "Báo cáo kết quả",
        "number": "45/BC-GDĐT",
        "issued_on": TODAY,
    } | said
    files = [Incoming("bao-cao.pdf", io.BytesIO(PDF))]
    return add_evidence(person(who), card, Particulars(**particulars), files, store=store, limit_bytes=1_000_000)
