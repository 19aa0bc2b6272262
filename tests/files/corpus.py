"""Files for the tests, made here: honest ones of every kind, and hostile ones."""

import io
import struct
import zipfile
from dataclasses import dataclass

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MAIN_PARTS = {WORD: "word/document.xml", SHEET: "xl/workbook.xml", SLIDES: "ppt/presentation.xml"}
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(32)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(32)


def media(brand: bytes, *others: bytes) -> bytes:
    """The head of an ISO media file (mp4, heic, avif, mov)."""
    box = b"ftyp" + brand + bytes(4) + b"".join(others)
    return (len(box) + 4).to_bytes(4, "big") + box + bytes(64)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def types_xml(main: str, part: str, more: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/>{more}</Types>'
    ).encode()


def office(main: str = WORD, members: dict[str, bytes] | None = None, more: str = "") -> bytes:
    """An Office file with its main part, more members and more lines in its list of types."""
    part = MAIN_PARTS[main]
    return zipped({"[Content_Types].xml": types_xml(main, part, more), part: b"<x/>"} | (members or {}))


def old_office(*names: str, shift: int = 9) -> bytes:
    """An OLE compound file with one directory chain that holds these streams."""
    size = 1 << shift
    entries = b"".join(_entry(name) for name in ("Root Entry", *names))
    count = -(-len(entries) // size)
    header = bytearray(size)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 0x18, 0x3E, 3, 0xFFFE, shift, 6)
    struct.pack_into("<LLLL", header, 0x2C, 1, 1, 0, 4096)
    struct.pack_into("<LLLL", header, 0x3C, END, 0, END, 0)
    struct.pack_into("<109L", header, 0x4C, 0, *[FREE] * 108)
    chain = [0xFFFFFFFD, *range(2, count + 1), END]
    table = struct.pack(f"<{size // 4}L", *chain, *[FREE] * (size // 4 - len(chain)))
    return bytes(header) + table + entries.ljust(count * size, b"\0")


def _entry(name: str) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HB", len(raw) + 2, 2)
    return entry.ljust(128, b"\0")


def locked_zip() -> bytes:
    """A ZIP whose one member says that it is encrypted."""
    data = bytearray(zipped({"a.pdf": PDF}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def patched_directory(data: bytes, offset: int, form: str, value: int) -> bytes:
    """`data` with one number of its first directory entry changed."""
    changed = bytearray(data)
    struct.pack_into(form, changed, data.find(b"PK\x01\x02") + offset, value)
    return bytes(changed)


def linked_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.pdf")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def doubled_zip() -> bytes:
    """Two members of one name: readers disagree on which one counts."""
    data = zipped({"a.pdf": PDF, "b.pdf": PDF})
    return data.replace(b"b.pdf", b"a.pdf")


def many(count: int) -> bytes:
    return zipped({f"{number}.pdf": PDF for number in range(count)})


@dataclass(frozen=True)
class Hostile:
    """A file that must be refused, and words of the sentence that says why."""

    name: str
    data: bytes
    says: str


def bomb() -> bytes:
    return zipped({"a.pdf": PDF + bytes(30_000_000)})


def lying_bomb() -> bytes:
    """Says 100 bytes in its directory and unpacks to much more."""
    return patched_directory(bomb(), 24, "<L", 100)


def nested(levels: int) -> bytes:
    inner = office(SHEET)
    for _ in range(levels):
        inner = office(SHEET, {"xl/embeddings/b.xlsx": inner})
    return inner


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE Types [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<Types><Default Extension='xml' ContentType='&b;'/></Types>"
)
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE Types SYSTEM "file:///etc/passwd"><Types/>'
DEEP = b"<Types>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</Types>"
MACRO_PART = '<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
MACRO_MAIN = '<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
SHEET_MACRO = '<Override PartName="/xl/m.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'

HOSTILE = (
    Hostile("a.pdf", b"", "0 byte"),
    Hostile("a.svg", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "HTML, SVG"),
    Hostile("a.png", b"\xef\xbb\xbf  <SVG onload=alert(1)>", "HTML, SVG"),
    Hostile("a.html", b"<!DOCTYPE html><script>alert(1)</script>", "HTML, SVG"),
    Hostile("a.pdf", b"\n <html><body>%PDF-1.7", "HTML, SVG"),
    Hostile("a.pdf", b"MZ\x90\x00" + bytes(200), "chương trình"),
    Hostile("a.exe", b"MZ\x90\x00" + bytes(200), "chương trình"),
    Hostile("a.jpg", b"\x7fELF\x02\x01" + bytes(200), "chương trình"),
    Hostile("a.jpg", b"\xcf\xfa\xed\xfe" + bytes(200), "chương trình"),
    Hostile("a.pdf", b"#!/bin/sh\nrm -rf /\n", "chương trình"),
    Hostile("a.bat", b"@echo off\r\n", "chương trình"),
    Hostile("a.txt", b"chi la van ban", "Hệ thống nhận PDF"),
    Hostile("a.mov", media(b"qt  "), "giống tệp .mov"),
    Hostile("a.heic", media(b"mif1", b"avif", b"miaf"), "Hệ thống nhận PDF"),
    Hostile("a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(64), ".rar"),
    Hostile("a.mp4", b"\xff\xff\xff\xffftypisom", "Hệ thống nhận PDF"),
    Hostile("a.jpg", PDF, "đuôi “.jpg” nhưng nội dung là PDF"),
    Hostile("a.docx", zipped({"a.pdf": PDF}), "nội dung là tệp nén ZIP"),
    Hostile("bao cao", PDF, "không có đuôi"),
    Hostile("a.exe", PDF, "đuôi “.exe”"),
    Hostile("a.docx", office(SHEET), "bảng tính Excel"),
    Hostile("a.docx", office(WORD, {"word/vbaProject.bin": b"x"}), "macro"),
    Hostile("a.docx", office(WORD, {"word/x.bin": b"x"}, MACRO_PART), "macro"),
    Hostile("a.docx", office(WORD, {"x": b"x"}, MACRO_MAIN), "macro"),
    Hostile("a.xlsx", office(SHEET, {"xl/m.xml": b"x"}, SHEET_MACRO), "macro"),
    Hostile("a.docx", office(WORD, {"word/evil.EXE": b"MZ"}), "macro"),
    Hostile("a.docx", zipped({"[Content_Types].xml": types_xml(WORD, "word/document.xml")}), "nội dung không phải"),
    Hostile("a.docx", zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b""}), "nội dung không phải"),
    Hostile("a.docx", zipped({"[Content_Types].xml": b"not xml"}), "hỏng"),
    Hostile("a.docx", zipped({"[Content_Types].xml": ENTITIES, "word/document.xml": b""}), "hỏng"),
    Hostile("a.docx", zipped({"[Content_Types].xml": ENTITIES.decode().encode("utf-16")}), "hỏng"),
    Hostile("a.docx", zipped({"[Content_Types].xml": EXTERNAL}), "hỏng"),
    Hostile("a.docx", zipped({"[Content_Types].xml": DEEP}), "nội dung không phải"),
    Hostile("a.docx", zipped({"[Content_Types].xml": b" " * 1_000_001}), "hỏng"),
    Hostile("a.docx", office()[:-1], "hỏng"),
    Hostile("a.docx", office()[:200], "hỏng"),
    Hostile("a.docx", office() + b"MZ hidden", "hỏng"),
    Hostile("a.docx", office(WORD, {"word/embeddings/o.bin": b"MZ" + bytes(99)}), "chương trình"),
    Hostile("a.docx", office(WORD, {"word/embeddings/o.bin": old_office("\x01Ole10Native")}), "Package"),
    Hostile("a.docx", office(WORD, {"word/embeddings/o.xls": old_office("Workbook", "VBA")}), "macro"),
    Hostile("a.xlsx", nested(5), "nằm trong tệp khác"),
    Hostile("a.docx", old_office("EncryptedPackage", "EncryptionInfo"), "mật khẩu"),
    Hostile("a.doc", old_office("WordDocument", "Macros", "VBA"), "macro"),
    Hostile("a.xls", old_office("Workbook", "_VBA_PROJECT_CUR"), "macro"),
    Hostile("a.doc", old_office("WordDocument", "\x01Ole10Native"), "Package"),
    Hostile("a.ppt", old_office("PowerPoint Document"), "đời cũ"),
    Hostile("a.doc", old_office("WordDocument")[:300], "hỏng"),
    Hostile("a.doc", old_office("WordDocument")[:8], "hỏng"),
    Hostile("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4000, "hỏng"),
    Hostile("a.zip", locked_zip(), "mật khẩu"),
    Hostile("a.zip", zipped({"a.pdf": PDF, "b.svg": b"<svg/>"}), "trong tệp nén có “b.svg”"),
    Hostile("a.zip", zipped({"a.pdf": b"MZ" + bytes(99)}), "chương trình"),
    Hostile("a.zip", zipped({"thu muc/a.docx": PDF}), "trong tệp nén có “a.docx”"),
    Hostile("a.zip", zipped({"b.zip": zipped({"a.pdf": PDF})}), "nằm trong tệp khác"),
    Hostile("a.zip", zipped({"m.docx": office(WORD, {"word/vbaProject.bin": b""})}), "macro"),
    Hostile("a.zip", zipped({"../../a.pdf": PDF}), "không an toàn"),
    Hostile("a.zip", zipped({"C:\\a.pdf": PDF}), "không an toàn"),
    Hostile("a.zip", zipped({"/etc/a.pdf": PDF}), "không an toàn"),
    Hostile("a.zip", linked_zip(), "không an toàn"),
    Hostile("a.zip", doubled_zip(), "hỏng"),
    Hostile("a.zip", zipped({}), "hỏng"),
    Hostile("a.zip", zipped({"thu muc/": b""}), "0 byte"),
    Hostile("a.zip", zipped({"a.pdf": PDF}, zipfile.ZIP_LZMA), "hỏng"),
    Hostile("a.zip", many(201), "quá nhiều"),
    Hostile("a.zip", bomb(), "quá nhiều"),
    Hostile("a.zip", lying_bomb(), "hỏng"),
    Hostile("a.zip", patched_directory(zipped({"a.pdf": PDF}), 24, "<L", 0xFFFFFFF0), "quá nhiều"),
    Hostile("a.zip", patched_directory(zipped({"a.pdf": PDF}), 42, "<L", 0x7FFFFFFF), "hỏng"),
    Hostile("a.zip", b"PK\x03\x04" + bytes(40), "hỏng"),
    Hostile("a.zip", b"PK", "hỏng"),
)

HONEST = (
    ("Báo cáo.pdf", PDF, "application/pdf"),
    ("bom.pdf", b"\xef\xbb\xbf\r\n" + PDF, "application/pdf"),
    ("a.docx", office(WORD), WORD.removesuffix(".main+xml")),
    ("A.XLSX", office(SHEET), SHEET.removesuffix(".main+xml")),
    ("a.pptx", office(SLIDES), SLIDES.removesuffix(".main+xml")),
    ("bieu do.docx", office(WORD, {"word/embeddings/b.xlsx": office(SHEET)}), WORD.removesuffix(".main+xml")),
    ("cong thuc.docx", office(WORD, {"word/embeddings/o.bin": old_office("Equation Native")}), WORD[:-9]),
    ("a.doc", old_office("1Table", "WordDocument"), "application/msword"),
    ("a.xls", old_office("Workbook"), "application/vnd.ms-excel"),
    ("cu.xls", old_office("Book", *[f"s{n}" for n in range(40)], shift=12), "application/vnd.ms-excel"),
    ("a.jpg", JPG, "image/jpeg"),
    ("a.JPEG", JPG, "image/jpeg"),
    ("a.png", PNG, "image/png"),
    ("a.webp", WEBP, "image/webp"),
    ("a.heic", media(b"heic", b"mif1", b"heic"), "image/heic"),
    ("b.heic", media(b"mif1", b"mif1", b"heic"), "image/heic"),
    ("a.mp4", media(b"isom", b"isom", b"avc1"), "video/mp4"),
    ("b.mp4", media(b"mp42"), "video/mp4"),
    ("a.zip", zipped({"thư mục/": b"", "thư mục/a.pdf": PDF, "b.docx": office(), "c.jpg": JPG}), "application/zip"),
)
