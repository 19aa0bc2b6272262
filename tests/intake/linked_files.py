"""Word 97 files with every kind of link that one can have, made by LibreOffice from what python-docx writes."""

import io
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
PICTURE = (
    "<w:r {ns}><w:drawing><wp:inline><wp:extent cx='900000' cy='900000'/><wp:docPr id='1' name='a'/><a:graphic>"
    "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/picture'><pic:pic><pic:nvPicPr>"
    "<pic:cNvPr id='1' name='a'/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link='{id}'/><a:stretch/>"
    "</pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='900000' cy='900000'/></a:xfrm>"
    "<a:prstGeom prst='rect'/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
FIELD = (
    "<w:r {ns}><w:fldChar w:fldCharType='begin'/></w:r>",
    "<w:r {ns}><w:instrText xml:space='preserve'>{code}</w:instrText></w:r>",
    "<w:r {ns}><w:fldChar w:fldCharType='separate'/></w:r>",
    "<w:r {ns}><w:t>cũ</w:t></w:r>",
    "<w:r {ns}><w:fldChar w:fldCharType='end'/></w:r>",
)
OBJECT = (
    "<w:r {ns}><w:object><v:shape id='s1' style='width:90pt;height:90pt'><v:imagedata r:id='{id}'/></v:shape>"
    "<o:OLEObject Type='Link' ProgID='Excel.Sheet.12' ShapeID='s1' DrawAspect='Content' r:id='{id}' "
    "UpdateMode='Always'/></w:object></w:r>"
)


def linked(site: str) -> bytes:
    """A .docx with links of every kind to `site` (http://host:port)."""
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    paragraph = document.add_paragraph("I. MỤC ĐÍCH")
    related = document.part.relate_to

    def add(xml: str, **values: str) -> None:
        paragraph._p.append(parse_xml(xml.format(ns=NS, **values)))

    add(PICTURE, id=related(f"{site}/picture.png", RELATIONSHIP_TYPE.IMAGE, is_external=True))
    add(OBJECT, id=related(f"{site}/object.xlsx", RELATIONSHIP_TYPE.OLE_OBJECT, is_external=True))
    for code in (
        f'INCLUDEPICTURE "{site}/field.png" \\d',
        f'INCLUDETEXT "{site}/text.doc"',
        f'LINK Word.Document.8 "{site}/link.doc" "" \\a',
        f'DDEAUTO soffice "{site}/dde.odt" a',
        f'HYPERLINK "{site}/hyperlink"',
    ):
        for xml in FIELD:
            add(xml, code=code)
    template = related(f"{site}/template.dotx", TEMPLATE, is_external=True)
    document.settings.element.append(parse_xml(f"<w:attachedTemplate {NS} r:id='{template}'/>"))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def odt(site: str) -> bytes:
    """An .odt with a linked picture, a linked section, a frame and an object: LibreOffice writes them into .doc."""
    import zipfile

    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{where}:1.0"'
        for name, where in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("style", "style"))
    )
    body = (
        f'<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char"><draw:image xlink:href='
        f'"{site}/a.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame>'
        f'<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char"><draw:object-ole '
        f'xlink:href="{site}/o.xls"/></draw:frame>'
        f'<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char"><draw:floating-frame '
        f'xlink:href="{site}/f.html" draw:frame-name="f"/></draw:frame>'
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3"><office:body>'
        f'<office:text><text:p>KẾ HOẠCH{body}</text:p><text:section text:name="s"><text:section-source '
        f'xlink:href="{site}/s.odt" xlink:type="simple"/><text:p>cũ</text:p></text:section>'
        f"</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return saved.getvalue()


def as_doc(program: str, name: str, data: bytes, folder: Path) -> bytes:
    """`data` saved as a Word 97 file."""
    import subprocess

    (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'writer').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "doc", "--outdir", str(folder), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / name).with_suffix(".doc").read_bytes()
