"""The reference plan as a PDF, laid out by different programs."""

from collections.abc import Callable

import pytest

from app.formats.plan_reader import read_plan, to_json
from tests.formats import plan_pdf
from tests.formats.plan_files import EXPECTED
from tests.formats.plan_pdf import PDF_FILES, Printer, printed

KEYS = (
    "title",
    "issuer",
    "number",
    "number_suffix",
    "date",
    "year",
    "signer",
    "legal_bases",
    "common_contents",
    "clauses",
    "actions",
)


@pytest.mark.parametrize("make", PDF_FILES.values(), ids=PDF_FILES.keys())
def test_a_pdf_reads_like_the_text(make: Callable[[], bytes]) -> None:
    plain = to_json(read_plan(make(), "Kế hoạch.pdf"))

    assert {key: plain[key] for key in KEYS} == {key: EXPECTED[key] for key in KEYS}
    assert plain["closing"].startswith("Nhận được Kế hoạch này")


@pytest.mark.parametrize("right", [390, 431, 472, 513, 554])
def test_it_does_not_matter_where_the_lines_break(right: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_pdf, "RIGHT", right)

    plain = to_json(read_plan(printed(Printer(indent=0)), "Kế hoạch.pdf"))

    assert {key: plain[key] for key in KEYS} == {key: EXPECTED[key] for key in KEYS}
