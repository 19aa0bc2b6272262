"""Rejects free text that could identify a case or a person: only numbers of letters and names of bodies pass."""

import re

LONGEST_BODY = 80  # letters
_NUMBER = re.compile(r"\d{1,5}[a-z]?/[A-ZĐ0-9][A-ZĐ0-9&.\-]{1,29}")
_BODIES = (
    "ban", "bệnh viện", "bộ", "chi cục", "cơ quan", "công an", "cục", "đoàn", "đội", "đồn", "hđnd", "hội", "liên đoàn",
    "mặt trận", "phòng", "sở", "thanh tra", "tòa án", "toà án", "trạm", "trung tâm", "ubnd", "ubmttq", "ủy ban",
    "uỷ ban", "văn phòng", "viện",
)  # fmt: skip
_PERSON = re.compile(r"\b(ông|bà|anh|chị|em|cháu)\s+[A-ZÀ-ỸĐ]")
_MANY_DIGITS = re.compile(r"\d{4}")


def is_number(text: str) -> bool:
    """Whether `text` is a số, ký hiệu, as 45/BC-UBND."""
    return _NUMBER.fullmatch(text) is not None


def is_body(text: str) -> bool:
    """Whether `text` begins as names of bodies do, is short, and names no person and no telephone."""
    begins = any(text.casefold() == word or text.casefold().startswith(f"{word} ") for word in _BODIES)
    return begins and len(text) <= LONGEST_BODY and not (_PERSON.search(text) or _MANY_DIGITS.search(text))
