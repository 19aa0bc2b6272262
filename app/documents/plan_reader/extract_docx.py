from app.documents.plan_reader.lines import RawLine


def extract_docx(data: bytes) -> list[RawLine]:
    return []
