"""People find duties, units, documents and notes however they type; what they may not read stays hidden."""

import pytest

from app.cards.notes import operations
from app.cards.notes.models import NoteKind
from app.cards.notes.rules import NoteInput
from app.files.store import FileStore
from app.search.queries.search import search
from app.search.routes import SUGGESTIONS
from app.search.words import exact_key, groups, key
from tests.world import person, prove

pytestmark = pytest.mark.both_databases

NUMBER, SUMMARY = "45/BC-GDĐT", "Báo cáo kết quả truyền thông về bình đẳng giới tại trường học"
NOTE = "Đã phối hợp với Hội Liên hiệp phụ nữ mở hai lớp tập huấn tại hoà giải cơ sở"
PAIRS = [
    # typed → something that a result must say
    ("bình đẳng giới", "bình đẳng giới"), ("binh dang gioi", "bình đẳng giới"), ("BINH DANG GIOI", "bình đẳng giới"),
    ("BĐG", "bình đẳng giới"), ("bdg", "bình đẳng giới"),
    ("bi\u0300nh đa\u0306\u0309ng gio\u031b\u0301i", "bình đẳng giới"),
    ("bình đẳng", "bình đẳng"), ("binh dang gioi truong hoc", "trường học"), ("truong hoc", "trường học"),
    ("đ", "đ"), ("bao cao bdg", SUMMARY), ("Báo cáo BĐG", SUMMARY),
    ("45/BC-GDĐT", NUMBER), ("45/bc-gddt", NUMBER), ("45/BC", NUMBER), ("45 bc gddt", NUMBER), ("bc-gdđt", NUMBER),
    ("ket qua truyen thong", SUMMARY), ("truyền thông về bình đẳng giới", SUMMARY),
    ("hoà giải", NOTE), ("hòa giải", NOTE), ("hoa giai", NOTE),
    ("LHPN", NOTE), ("Hội LHPN", NOTE), ("lhpn mo hai lop", NOTE),
    ("hội liên hiệp phụ nữ", NOTE), ("tap huan", NOTE), ("phoi hop voi hoi", NOTE),
    ("Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo"), ("phong gd dt", "Phòng Giáo dục và Đào tạo"),
    ("GDĐT", "Phòng Giáo dục và Đào tạo"), ("giao duc va dao tao", "Phòng Giáo dục và Đào tạo"),
    ("giáo dục đào tạo", "Phòng Giáo dục và Đào tạo"), ("LĐTBXH", "Phòng Lao động – Thương binh và Xã hội"),
    ("LĐ-TBXH", "Phòng Lao động – Thương binh và Xã hội"),
    ("lao động thương binh", "Phòng Lao động – Thương binh và Xã hội"),
    ("VH&TT", "Phòng Văn hóa và Thông tin"), ("van hoa thong tin", "Phòng Văn hóa và Thông tin"),
    ("TC-KH", "Phòng Tài chính – Kế hoạch"), ("tai chinh ke hoach", "Phòng Tài chính – Kế hoạch"),
    ("UBMTTQVN", "Ủy ban MTTQ Việt Nam Thành phố"), ("mặt trận tổ quốc", "Ủy ban MTTQ Việt Nam Thành phố"),
    ("ea tam", "UBND phường Ea Tam"), ("phường Ea Tam", "UBND phường Ea Tam"), ("p. ea tam", "UBND phường Ea Tam"),
    ("ubnd phuong tan hoa", "UBND phường Tân Hòa"), ("Tân Hoà", "UBND phường Tân Hòa"),
    ("uỷ ban nhân dân phường tân hòa", "UBND phường Tân Hòa"), ("cu ebur", "UBND xã Cư Êbur"), ("III.7.c", "III.7.c"),
]  # fmt: skip


@pytest.fixture
def filled(app, card, tmp_path):
    """A document and a note to be found."""
    prove("lan", card, FileStore(tmp_path), number=NUMBER, summary=SUMMARY)
    operations.add_note(person("lan"), card, NoteInput(NoteKind.PROGRESS, NOTE))
    return card


def texts(who, said):
    """All that the results for `said` say."""
    hits = search(person(who), said)
    return [
        " ".join(
            filter(None, (h.text, h.number, h.row and h.row.code, h.row and h.row.text, h.row and h.row.unit.name))
        )
        for h in hits
    ]


def test_what_is_typed_is_found(filled):
    missing = [
        (said, wanted) for said, wanted in PAIRS if not any(wanted.lower() in t.lower() for t in texts("chi", said))
    ]
    assert missing == []


def test_exact_accents_come_first(filled):
    hits = search(person("chi"), "hòa giải")
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    assert hits[0].rank == 0
    assert search(person("chi"), "hoa giai")[0].rank == 1


def test_every_word_must_be_there(filled):
    assert texts("chi", "bình đẳng giới xyzq") == []
    assert texts("chi", "") == []
    assert texts("chi", "   -&/ ") == []


def test_a_clause_is_found_with_the_unit_that_leads_it(filled):
    found = search(person("chi"), "phuong ea tam binh dang gioi")
    assert found
    assert {hit.row.unit.name for hit in found if hit.row and hit.kind == "duty"} == {"UBND phường Ea Tam"}


def test_words_with_several_meanings_are_not_expanded():
    assert groups("KH TP TT") == [(" kh",), (" tp",), (" tt",)]


def test_tones_are_compared_wherever_they_are_put():
    assert exact_key("hoà thuỷ") == exact_key("hòa thủy") != exact_key("hóa thúy")
    assert key("Đắk Lắk – VH&TT") == " dak lak vh tt "


def test_percent_and_quotes_are_letters_like_others(filled):
    for said in ("%", "_", "'", '"', "\\", "100%"):
        assert texts("chi", said) == [], said  # no text has them, and none of them stands for any letter
    operations.add_note(person("lan"), filled, NoteInput(NoteKind.DIFFICULTY, "Mới đạt 87% số trường, thiếu 'máy'"))
    assert len(texts("chi", "87%")) == len(texts("chi", "'máy'")) == 1


def test_a_difficulty_is_found_by_those_who_read_it(filled):
    operations.add_note(person("lan"), filled, NoteInput(NoteKind.DIFFICULTY, "Thiếu kinh phí mua máy chiếu"))
    assert texts("mai", "máy chiếu")
    assert texts("chi", "may chieu")
    assert texts("binh", "máy chiếu") == []


def test_the_name_of_a_file_is_not_found(filled):
    assert texts("chi", "bao-cao.pdf") == []


def test_the_page_says_where_it_matched_and_works_without_a_script(visit, filled):
    page = visit("chi").get("/search?q=45/BC-GDĐT")
    assert "Minh chứng: số, ký hiệu, trích yếu" in page.text
    assert f'href="/cards/{filled.id}"' in page.text
    assert "Không tìm thấy" in visit("chi").get("/search?q=khongcogi").text
    assert "Phòng Giáo dục" in visit("binh").htmx("GET", "/search?q=gddt").text


def test_suggestions_are_the_first_results_each_saying_where_it_matched(app, filled, visit):
    html = visit("chi").get("/search/suggestions?q=45+bc+gddt").text
    assert html.count('role="option"') <= SUGGESTIONS + 1
    assert "Minh chứng: số, ký hiệu, trích yếu: 45/BC-GDĐT" in html
    assert f'href="/cards/{filled.id}"' in html
    assert 'href="/search?q=45+bc+gddt"' in html


def test_suggestions_hide_what_the_search_hides(app, filled, visit):
    operations.add_note(person("lan"), filled, NoteInput(NoteKind.DIFFICULTY, "Thiếu kinh phí mua máy chiếu"))
    assert "máy chiếu" in visit("mai").get("/search/suggestions?q=may+chieu").text.replace("“may chieu”", "")
    html = visit("binh").get("/search/suggestions?q=may+chieu").text
    assert 'role="option"' not in html
    assert "Không tìm thấy “may chieu”" in html


def test_a_duty_of_many_units_leaves_room_for_the_others(filled):
    found = [hit.row for hit in search(person("yen"), "báo cáo 6 tháng") if hit.kind == "duty"]
    first = found[: len({row.action_id for row in found})]
    assert len({row.action_id for row in first}) == len(first) > 1
    assert {row.unit.name for row in first} == {"UBND phường Ea Tam"}
