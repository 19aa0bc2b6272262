"""Other plans beside the reference: short texts of this city, read in and put on the board as the office does."""

from pathlib import Path

from app.extensions import db
from app.files.store import FileStore
from app.intake.operations import plans as intake
from tests.world import person

TEXTS = Path(__file__).parent / "data"
DIGITAL, NEXT_YEAR = "plan_digital", "plan_next_year"
LONG_TITLE = "Kế hoạch triển khai thực hiện chuyển đổi số và cải cách hành chính"  # how the first one's begins
SHORT = {
    "reference": "Bình đẳng giới năm 2024",
    DIGITAL: "Chuyển đổi số và cải cách hành chính trong… (2024)",
    NEXT_YEAR: "Bình đẳng giới năm 2025",
}


def put_up(files: Path, name: str, text: str | None = None) -> int:
    """Put one of the texts (or `text`) on the board; the id of its plan."""
    data = (text or (TEXTS / f"{name}.txt").read_text(encoding="utf-8")).encode()
    draft = intake.read_in(person("chi"), f"{name}.txt", data, store=FileStore(files), max_bytes=1_000_000)
    plan_id = intake.adopt(person("chi"), draft).id
    db.session.rollback()
    return plan_id
