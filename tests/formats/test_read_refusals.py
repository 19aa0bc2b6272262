"""Files that cannot be read as a plan: each is refused with its own sentence, and none breaks the reader."""

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from app.formats.plan_reader import Problem, Unreadable, read_plan
from tests.formats.plan_files import one_multilevel_list
from tests.formats.plan_pdf import Printer, printed

SAMPLE = (Path(__file__).parents[2] / "app" / "sample" / "plan.txt").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MAIN = "word/document.xml"


def problem(data: bytes, filename: str = "tệp", **limits: int) -> Problem:
    with pytest.raises(Unreadable) as refusal:
        read_plan(data, filename, **limits)
    assert refusal.value.sentence.endswith(".")
    return refusal.value.problem


def archive(**members: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def pdf(encrypt: pdfencrypt.StandardEncryption | None = None, text: str = "") -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=encrypt)
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.drawString(60, 60, text)
    canvas.save()
    return file.getvalue()


def test_an_empty_file() -> None:
    assert problem(b"") is Problem.EMPTY
    assert problem(b" \r\n\t \n") is Problem.EMPTY
    assert problem(b"\xef\xbb\xbf\n\n") is Problem.EMPTY


def test_a_file_that_is_too_large() -> None:
    assert problem(SAMPLE, max_bytes=1000) is Problem.TOO_LARGE


def test_a_text_that_is_no_plan() -> None:
    assert problem("Kính gửi: Phòng Nội vụ. Đề nghị báo cáo.".encode(), "cv.txt") is Problem.NOT_A_PLAN
    assert problem("KẾ HOẠCH\nTriển khai công tác năm 2024\nKhông có mục nào.".encode(), "k.txt") is Problem.NOT_A_PLAN


def test_a_text_in_an_old_font_is_no_plan_and_the_sentence_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="TCVN3"):
        read_plan(b"K\xd5 ho\xb9ch\nTri\xd3n khai c\xabng t\xb8c n\xa8m 2024\n1. M\xf4c \xae\xedch\n", "kh.txt")


def test_an_old_word_file_is_told_from_a_locked_one() -> None:
    assert problem(OLE + "WordDocument".encode("utf-16-le"), "k.doc") is Problem.OLD_WORD
    assert problem(OLE + "EncryptedPackage".encode("utf-16-le"), "k.docx") is Problem.ENCRYPTED
    assert problem(OLE, "k.xls") is Problem.UNKNOWN_KIND


def test_files_of_other_kinds() -> None:
    assert problem(b"{\\rtf1\\ansi K}", "k.rtf") is Problem.UNKNOWN_KIND
    assert problem(b"\x89PNG\r\n\x1a\n0000", "k.png") is Problem.UNKNOWN_KIND
    assert problem(archive(**{"xl/workbook.xml": "<workbook/>"}), "k.xlsx") is Problem.UNKNOWN_KIND
    assert problem(bytes(range(256)) * 20, "k.bin") is Problem.UNKNOWN_KIND


def test_a_locked_pdf() -> None:
    lock = pdfencrypt.StandardEncryption("mật khẩu", canPrint=0)

    assert problem(pdf(lock, "KE HOACH"), "k.pdf") is Problem.ENCRYPTED


def test_a_scanned_pdf() -> None:
    assert problem(pdf(), "k.pdf") is Problem.SCANNED


def test_damaged_files() -> None:
    word, paged = one_multilevel_list(), printed(Printer())

    assert problem(word[: len(word) // 2], "k.docx") is Problem.DAMAGED
    assert problem(paged[:300], "k.pdf") is Problem.DAMAGED
    assert problem(b"nothing of the kind", "k.pdf") is Problem.DAMAGED
    assert problem(archive(**{MAIN: "<document><body>"}), "k.docx") is Problem.DAMAGED


def test_declared_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><document><body><p>&b;</p></body></document>'
    outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><document><body><p>&x;</p></body></document>'

    assert problem(archive(**{MAIN: bomb}), "k.docx") is Problem.DAMAGED
    assert problem(archive(**{MAIN: outside}), "k.docx") is Problem.DAMAGED


def test_a_part_that_unpacks_to_far_more_than_it_weighs() -> None:
    assert problem(archive(**{MAIN: b"<document>" + b" " * 30_000_000}), "k.docx") is Problem.TOO_LARGE
    assert problem(archive(**{MAIN: b"<document>" + b" " * 5_000_000}), "k.docx") is Problem.TOO_LARGE


def test_a_document_nested_without_end() -> None:
    deep = "<document><body>" + "<tbl><tr><tc>" * 20_000 + "</tc></tr></tbl>" * 20_000 + "</body></document>"

    assert problem(archive(**{MAIN: deep}), "k.docx") in (Problem.DAMAGED, Problem.TOO_LARGE, Problem.EMPTY)


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_a_file_with_broken_bytes_is_read_or_refused(kind: str) -> None:
    whole = {"txt": SAMPLE, "docx": one_multilevel_list(), "pdf": printed(Printer())}[kind]
    chance = random.Random(7)
    sentences = []
    for _ in range(25):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_plan(bytes(broken), f"k.{kind}")
        except Unreadable as refusal:
            sentences.append(refusal.sentence)

    assert all(sentences)


def test_a_reading_never_takes_longer_for_hostile_text() -> None:
    hostile = "KẾ HOẠCH\nx\nI. A\n1. Phòng Y tế\n- " + "Phòng Y tế, " * 3000 + "trước ngày " * 3000

    assert read_plan(hostile.encode(), "k.txt").clauses


HOSTILE_BODIES = {
    "the same number again and again": "I. MỤC\n" * 15_000,
    "one section of endless items": "- Phối hợp với Phòng Y tế.\n" * 15_000,
    "one paragraph of endless lines": "1. Nội dung; mở\n" + "dòng nối tiếp dòng\n" * 15_000,
    "one line of endless units": "- Phối hợp với Phòng Y tế, " * 30_000,
    "open sentences and dashes": "1. Nội dung; mở\n\n" + "- Cơ quan\n\nchữ nhỏ\n\n" * 4_900,
}


@pytest.mark.parametrize("name", HOSTILE_BODIES)
def test_a_body_made_to_be_slow_is_read_in_time(name: str) -> None:
    begun = time.process_time()

    read_plan(f"KẾ HOẠCH\nThử\nI. A\n1. Phòng Y tế\n{HOSTILE_BODIES[name]}".encode(), "k.txt")

    assert time.process_time() - begun < 10
