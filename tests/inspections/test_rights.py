"""Who reads, writes, reopens and takes out what of an inspection, before and after its conclusion: one table."""

import pytest

from app.core.policy import Permission, can
from app.files.store import FileStore
from app.inspections import queries
from app.inspections.visits.operations import closing, self_reports
from tests.inspections.stage import a_report, a_round, a_visit, conclude, record_all, seen
from tests.inspections.test_record_visits import add
from tests.world import person

# who   binh: trưởng đoàn; lan: thành viên; mai: thành viên of another round only; chi: cơ quan thường trực;
#       son: Lãnh đạo UBND; yen, nam: thủ trưởng and chuyên viên of the inspected ward; hoa: thủ trưởng of another unit.
#       o may; s sees that it is there and may not (403); - does not see it (404).
TABLE = """
deed                       binh lan mai chi son yen nam hoa quantri
round read                    o   o   -   o   o   -   -   -       -
round write                   s   s   -   o   s   -   -   -       -
visit see                     o   o   -   o   o   o   o   -       -
visit read      before        o   o   -   o   o   s   s   -       -
visit read      draft shown   o   o   -   o   o   o   o   -       -
visit read      after         o   o   -   o   o   o   o   -       -
visit write     before        o   o   -   s   s   s   s   -       -
visit write     after         s   s   -   s   s   s   s   -       -
visit reopen    before        o   s   -   o   s   s   s   -       -
visit reopen    after         s   s   -   s   s   s   s   -       -
report read     draft         s   s   -   s   s   o   o   -       -
report read     sent          o   o   -   o   o   o   o   -       -
report write    before        s   s   -   s   s   o   o   -       -
report send     before        s   s   -   s   s   o   o   -       -
visit export    before        o   o   -   o   o   -   -   -       -
visit export    after         o   o   -   o   o   o   o   -       -
"""
DEEDS = {
    "round write": Permission.ROUND_PLAN,
    "visit see": Permission.VISIT_SEE,
    "visit read": Permission.VISIT_READ,
    "visit write": Permission.VISIT_RECORD,
    "visit reopen": Permission.VISIT_REOPEN,
    "report write": Permission.REPORT_WRITE,
    "report send": Permission.REPORT_SEND,
}


@pytest.fixture
def bench(sqlite_bench):
    """One database: rights do not depend on which."""
    return sqlite_bench


def answered(who: str, deed: str, visit_id: int, file_id: int) -> str:
    actor = person(who)
    if deed.startswith("round"):
        around = queries.inspection_round(actor, seen(visit_id).round_id)
        if around is None:
            return "-"
        return "o" if deed == "round read" or can(actor, DEEDS[deed], around) else "s"
    visit = queries.visit(actor, visit_id)
    if deed == "visit export":
        return "o" if queries.visit_file(actor, file_id) else "-"
    if visit is None:
        return "-"
    if deed == "report read":
        return "o" if can(actor, Permission.REPORT_READ, queries.self_report(visit_id)) else "s"
    return "o" if can(actor, DEEDS[deed], visit) else "s"


def test_each_role_has_the_rights_that_the_table_says(app, bench):
    store = FileStore(bench.data / "files")
    visit = a_visit("binh", "lan")
    a_round("mai", name="Đợt khác")
    record_all(visit)
    file_id = add(visit, store).id
    header, *lines = TABLE.strip().splitlines()
    who = header.split()[1:]
    rows = {line[:27].rstrip(): line[27:].split() for line in lines}
    rows = {" ".join(key.split()): marks for key, marks in rows.items()}
    found: dict[str, list[str]] = {}

    def look(when: str) -> None:
        for key in rows:
            deed = " ".join(key.split()[:2])
            if key.removeprefix(deed).strip() == when:
                found[key] = [answered(name, deed, visit.id, file_id) for name in who]

    look("before")
    look("")
    self_reports.write_report(person("nam"), visit, {}, seen_version=0)
    look("draft")
    a_report(visit, store, seen_version=queries.self_report(visit.id).version)
    look("sent")
    closing.finish_visit(person("binh"), visit, seen_version=seen(visit.id).version)
    closing.show_draft(person("binh"), visit, seen_version=seen(visit.id).version)
    look("draft shown")
    conclude(visit)
    look("after")
    assert found == rows
