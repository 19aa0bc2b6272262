from app.documents.plan_reader.lines import RawLine


def extract_pdf(data: bytes) -> list[RawLine]:
    return []
