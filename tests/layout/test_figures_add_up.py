"""Every page of every role, walked from link to link: whatever is told as a total is the sum of its parts.

What the pages state (`data-sums="5=3+2"`) is added up, and must be what stands there to read; tables are added up by
their cells, headings by the lines below them.
"""

import re
from collections import Counter, deque
from typing import Any

import html5lib
import pytest
from flask import Flask

from app.accounts.sample_accounts import listed
from app.core import clock
from app.sample import build
from tests.page_client import Browser

ROLES = ("lan", "mai", "binh", "chi", "son", "yen", "hoa", "quantri")
OK = 200
PAGES = 70  # of one person; lists of the same kind are sampled
OF_A_KIND = 3  # addresses that differ in nothing but numbers
ALSO = (
    "/board?unit=",
    "/board?unit=&group=part",
    "/board?unit=&group=unit",
    "/list?unit=&status=paused",
    "/board?unit=&timeliness=late",
)
NOT_PAGES = re.compile(r"/(static|evidence-files|results-template)|/(file|workbook|letter)\b|\.(xlsx|docx)|/logout")


def number(text: str) -> int | None:
    """What a cell says; a dash is none at all."""
    said = text.strip().replace(".", "")
    return 0 if said == "–" else int(said) if said.isdecimal() else None


def words(element: Any) -> str:
    return "".join(element.itertext())


def faults(page: str) -> list[str]:
    """Every total on a page that is not the sum of its parts."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = [fault for element in tree.iter() for fault in stated(element, tree)]
    found += [fault for table in tree.iter("table") for fault in added(table)]
    return found + [fault for section in tree.iter("section") for fault in listed_below(section)]


def stated(element: Any, tree: Any) -> list[str]:
    """The sums that an element states; their numbers stand in its own words, or somewhere on the page."""
    found = []
    for name, place in (("data-sums", element), ("data-page-sums", tree)):
        for sum_ in filter(None, element.get(name, "").split(";")):
            sides = [[int(n) for n in side.split("+") if n] for side in sum_.split("=")]
            there = {int(n) for n in re.findall(r"\d+", " ".join(place.itertext()))} | {0}
            if sum(sides[0]) != sum(sides[1]) or not there.issuperset(sides[0] + sides[1]):
                found.append(f"{sum_.strip()} in “{' '.join(words(element).split())[:200]}”")
    return found


def added(table: Any) -> list[str]:
    """The columns of a table with a last line of totals."""
    foot, body = table.find("tfoot"), table.find("tbody")
    if foot is None or body is None:
        return []
    rows = [[number(words(cell)) for cell in row] for row in body.iter("tr")]
    totals = [number(words(cell)) for cell in next(foot.iter("tr"))]
    sums = [sum(row[place] or 0 for row in rows) for place in range(len(totals))]
    return [f"{total} under {sums[n]}" for n, total in enumerate(totals) if total is not None and total != sums[n]]


def listed_below(section: Any) -> list[str]:
    """A heading that counts the lines below it, where all of them stand there."""
    count = next((e for e in section.iter("span") if e.get("class") == "count"), None)
    lists = [e for e in section if e.tag == "ul" and "list" in (e.get("class") or "")]
    told = number(words(count)) if count is not None else None
    if told is None or len(lists) != 1 or "Xem cả" in words(section):
        return []
    lines = len(lists[0].findall("li"))
    return [] if lines == told else [f"{told} over {lines} lines in “{words(section)[:80]}”"]


def kind_of(url: str) -> str:
    return re.sub(r"\d+", "0", url)


@pytest.fixture
def bench(sqlite_bench):
    """One database: what pages add up does not depend on which."""
    return sqlite_bench


@pytest.fixture
def sample(sqlite_sample):
    clock.pretend(None)
    return sqlite_sample


def walk(app: Flask, who: str, password: str) -> tuple[dict[str, list[str]], int]:
    """What is wrong on the pages of one person, by address; and how many pages were read."""
    browser = Browser(app)
    browser.sign_in(who, password)
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {}
    waiting = deque(["/", "/board", "/list", "/plans", "/export", *ALSO])
    while waiting and len(seen) < PAGES:
        url = waiting.popleft()
        if url in seen or kinds[kind_of(url)] >= OF_A_KIND or NOT_PAGES.search(url):
            continue
        seen.add(url)
        kinds[kind_of(url)] += 1
        answer = browser.client.get(url, follow_redirects=True)
        if answer.mimetype != "text/html" or answer.status_code != OK:
            continue
        if found := faults(answer.text):
            wrong[url] = found
        waiting.extend(re.findall(r'href="(/[^"#]*)', answer.text.replace("&amp;", "&")))
    return wrong, len(seen)


@pytest.mark.parametrize("who", ROLES)
def test_what_is_told_as_a_total_is_the_sum_of_its_parts(who, sample):
    passwords = {account.username: account.password for account in listed()}
    with clock.at(build.TODAY):
        wrong, read = walk(sample, who, passwords[who])
    assert not wrong
    assert read > len(ALSO)


def test_a_total_that_lacks_a_part_is_found():
    page = '<!doctype html><title>x</title><p data-sums="5={}">5 nhiệm vụ: 3 xong, 1 đang làm</p>'
    assert faults(page.format("3+1+1")) == []
    assert len(faults(page.format("3+1"))) == 1
    assert len(faults(page.format("3+2"))) == 1, "a part that nobody can read"
    table = "<table><tbody><tr><td>2<td>–</tr><tr><td>1<td>4</tr><tfoot><tr><td>{}<td>4</tr></table>"
    assert [faults(table.format(3)), faults(table.format(2))] == [[], ["2 under 3"]]
    section = '<section><h2>A <span class="count">{}</span></h2><ul class="list"><li>a<li>b</ul></section>'
    assert (faults(section.format(2)), len(faults(section.format(3)))) == ([], 1)
