"""What a label says may stay empty may stay empty, whatever else is chosen; what must be filled is marked one way."""

import re
from itertools import product
from pathlib import Path

import html5lib
import pytest

from app.cards.deadlines import operations
from app.cards.moves import Deed, MoveInput
from app.files.store import FileStore
from app.intake.operations import plans as intake
from app.intake.queries import drafts
from app.plans.models import DueLevel
from app.web.echo import CARRIED, CHOSEN, base, is_typed
from tests.inspections import stage
from tests.world import TODAY, move, person, prove

TEMPLATES = Path(__file__).parents[2] / "templates"
PLAN = Path(__file__).parents[2] / "app" / "sample" / "plan.txt"
OPTIONAL = "(không bắt buộc)"


class Form:
    """A form of a page: its address, what it carries, its fields with their labels, its choices."""

    def __init__(self, form, labels):
        self.action, self.labels = form.get("action"), labels
        self.carried = {i.get("name"): i.get("value", "") for i in form.iter("input") if i.get("type") == "hidden"}
        self.fields = [f for kind in ("input", "textarea") for f in form.iter(kind) if self._is_field(f)]
        self.choices = {s.get("name"): [o.get("value") for o in s.iter("option")] for s in form.iter("select")}
        for radio in form.iter("input"):
            if radio.get("type") == "radio":
                self.choices.setdefault(radio.get("name"), []).append(radio.get("value"))

    @staticmethod
    def _is_field(field):
        kinds = ("hidden", "radio", "checkbox", "file", "date", "password")
        return field.get("name") and field.get("id") and field.get("type") not in kinds

    def label(self, field):
        return self.labels.get(field.get("id"), "")

    def is_needed(self, field, chosen):
        if field.get("required") is not None or field.get("aria-required"):
            return True
        name, _equals, value = (field.get("data-needed") or "").partition("=")
        return bool(value) and chosen.get(name) == value

    def says_optional(self, field, chosen):
        return not self.is_needed(field, chosen) and (OPTIONAL in self.label(field) or field.get("data-needed"))

    def fillings(self):
        """Every way to choose, with what is needed filled in and everything else left empty."""
        names = [name for name in self.choices if self.choices[name]]
        for values in list(product(*(self.choices[name][:3] for name in names)))[:9]:
            chosen = dict(zip(names, values, strict=True))
            needed = {f.get("name"): _filled(f) for f in self.fields if self.is_needed(f, chosen)}
            yield self.carried | chosen | needed, {f.get("id") for f in self.fields if self.says_optional(f, chosen)}


def _filled(field):
    if field.get("data-day") is not None:
        return f"{TODAY:%d/%m/%Y}"
    return "1" if field.get("type") == "number" else "Nội dung số 1"


def forms_of(page):
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    labels = {label.get("for"): "".join(label.itertext()) for label in tree.iter("label")}
    return [Form(form, labels) for form in tree.iter("form") if form.get("method") == "post"]


def faulty(answer):
    """The ids of the fields that an answer finds fault with."""
    return set(re.findall(r'\sid="([^"]+)"[^>]*aria-invalid="true"', answer.text))


def of_office_date(card):
    said = MoveInput("Theo công văn", TODAY, document_number="12/LĐTBXH", document_on=TODAY)
    operations.set_deadline(person("chi"), card, DueLevel.OFFICE, said, seen_version=card.version)


@pytest.fixture
def addresses(world, bench):
    """Who reads which pages with forms."""
    store = FileStore(bench.data / "files")
    prove("mai", world.card("III.7.a"), store)
    move("lan", world.card("III.7.a"), Deed.SEND)
    of_office_date(world.card("III.7.c"))
    draft = intake.read_in(person("chi"), "a.txt", PLAN.read_bytes(), store=store, max_bytes=1_000_000)
    duty, visit = drafts.duties(draft.id)[0], stage.a_visit()
    duties = [f"/cards/{world.card(code).id}" for code in ("III.7.a", "III.7.c", "III.10.a")]
    return {
        "chi": [*duties, f"/plans/drafts/{draft.id}?duty={duty.id}", "/units/new", "/units/3", "/inspections/new",
                f"/visits/{visit.id}", f"/inspections/{visit.round_id}", "/incidents", "/plans/1/results"],
        "lan": [duties[1], "/people/new"],
        "quantri": ["/people/new", "/people/2"],
    }  # fmt: skip


def test_what_is_said_to_be_optional_may_be_left_empty(visit, addresses):
    asked = 0
    for who, pages in addresses.items():
        browser = visit(who)
        for address in pages:
            for number, form in enumerate(forms_of(browser.get(address))):
                for filling, (said, optional) in enumerate(form.fillings()):
                    if not optional:
                        break
                    current = forms_of(browser.get(address)) if filling else []
                    carried = current[number].carried if number < len(current) else form.carried
                    answer = browser.post(form.action, said | carried)
                    assert not faulty(answer) & optional, (who, address, form.action, said)
                    asked += 1
    assert asked > 20, asked


def test_every_field_says_whether_it_must_be_filled(visit, addresses):
    for who, pages in addresses.items():
        browser = visit(who)
        for address in pages:
            page = browser.get(address)
            for form in forms_of(page):
                for field in form.fields:
                    must = f'<label for="{field.get("id")}" class="must"' in page.text
                    assert must == form.is_needed(field, {}), (address, field.get("id"))
                    assert not (must and OPTIONAL in form.label(field)), (address, field.get("id"))


def test_every_name_that_a_template_carries_or_offers_is_known_not_to_be_typed():
    unknown = set()
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        tags = re.findall(r'<input[^>]*type="(?:hidden|radio|checkbox)"[^>]*>|<select[^>]*>', text)
        names = [name for tag in tags for name in re.findall(r'\sname="([a-z_]+)', tag)]
        names += re.findall(r'\b(?:pick|choose)\([^,]+, "([a-z_]+)"', text)
        unknown |= {(template.name, name) for name in names if is_typed(name)}
    written = ("_name.html", "name")  # as the plan writes it: worth reading again
    switch = ("_plan.html", "page")  # where the switch of plans leads
    assert unknown == {written, switch, ("survey.html", "year"), ("index.html", "year")}, "the years are of filters"
    assert not CARRIED & CHOSEN
    assert (base("text-12"), base("day_picked")) == ("text", "day")
