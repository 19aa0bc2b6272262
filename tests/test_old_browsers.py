"""Chromium 109, the last for Windows 7 and 8.1, and Firefox 115 show what everybody sees: nothing newer is used."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "app" / "static"
STYLES = sorted((STATIC / "css").rglob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What is newer, with the Chromium that first had it (`:has()`: Firefox 121).
IN_STYLES = {
    r":has\(": 105,
    r"\bcolor-mix\(|\b(ok)?l(ab|ch)\(|\bcolor\((?!-)|\brgb\(from|\bhsl\(from": 111,
    r"\blight-dark\(": 123,
    r"@starting-style|\btransition-behavior\b|allow-discrete": 117,
    r"\bsubgrid\b": 117,
    r"\bview-transition": 111,
    r"@scope\b": 118,
    r"@property\b|@function\b|\bif\(": 137,
    r":popover-open|\binterpolate-size\b|\bcalc-size\(": 129,
    r"\banchor(-name|-size)?\s*[:(]|\bposition-(anchor|area|try)": 125,
    r":(user-(in)?valid|open|modal-open|state\()": 119,
    r"\b(animation|scroll|view)-timeline\b|\banimation-range\b": 115,
    r"\bscrollbar-(color|width)\b": 121,
    r"\b(round|mod|rem|sin|cos|pow|sqrt|hypot|abs|sign)\(": 125,
    r"\blinear\(": 113,
    r"\bbaseline-source\b|\btext-box\b|\bhanging-punctuation\b|\binitial-letter\b": 133,
    r"\bfont-size-adjust\b|\bfont-palette\b.*palette-mix": 127,
    r"\bcontent:[^;]*\s/\s": 999,
    r"\b\d+(cap|rlh|rex|ric)\b": 118,
    r"@container[^{]*\b(style|scroll-state)\(": 111,
    r"@media[^{]*\b(update|scripting|prefers-reduced-transparency|inverted-colors)\b": 113,
    r"@import[^;]*\bsupports\(": 122,
    r"(?<!-webkit-)\b(mask|mask-(image|size|position|repeat|composite))\s*:(?![^;]*none)": 120,
    r":dir\(|:nth-(last-)?child\([^)]*\bof\b": 120,
}
IN_SCRIPTS = {
    r"\.(toSorted|toReversed|toSpliced)\(|\]\.with\(": 110,
    r"\b(Object|Map)\.groupBy\(": 117,
    r"\bArray\.fromAsync\(|\bPromise\.(withResolvers|try)\(": 121,
    r"\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(": 122,
    r"\b(AbortSignal\.any|URL\.(canParse|parse))\(": 120,
    r"\bIterator\b|\.values\(\)\.(map|filter|take|drop|toArray)\(": 122,
    r"\bstartViewTransition\b|\b(show|hide|toggle)Popover\b|\bsetHTML(Unsafe)?\(|\bparseHTMLUnsafe\b": 111,
    r"\bscheduler\.yield\b|\brequestClose\(|\bmoveBefore\(|\bgetHTML\(": 129,
    r"\b(isWellFormed|toWellFormed)\(|/[dgimsuy]*v[dgimsuy]*[,;)]": 112,
    r"\bIntl\.(DurationFormat|Segmenter\b.*locale)|\bTemporal\b|\bRegExp\.escape\(|\bError\.isError\(": 129,
    r"\busing\s+\w+\s*=|\bimport\s+\w+\s+from\s+\S+\s+with\b|\bimport defer\b": 123,
}
IN_TEMPLATES = {
    r"\bpopover(target|targetaction)?\b\s*=|\bpopover>": 114,
    r"\b(commandfor|command|closedby|interestfor)\s*=": 134,
    r"<details[^>]*\bname\s*=": 120,
    r"<(search|selectedcontent|geolocation)\b|shadowrootmode": 118,
    r"\bhidden=.until-found.": 102,
    r"<hr>\s*<option|<select[^>]*>\s*<button": 119,
}
# Rules that an old browser leaves out without anybody missing anything; the comment beside each says so ("extra").
EXTRAS = {
    "text-wrap": r"\btext-wrap(-style)?\s*:\s*(balance|pretty)",
    "field-sizing": r"\bfield-sizing\s*:",
    "details-content": r"::details-content\b",
}


def code(path: Path) -> str:
    """The text of a style sheet or script without its comments."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"(?m)(^|\s)//.*$", "", text) if path.suffix == ".js" else text


def newer(paths: list[Path], features: dict[str, int]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}: {found[0]} (Chromium {since})"
        for path in paths
        for pattern, since in features.items()
        for found in re.finditer(pattern, code(path))
    ]


def nested(text: str) -> list[str]:
    """The selectors that stand inside another rule."""
    found, open_rules = list[str](), list[str]()
    for before, mark in re.findall(r"([^{};]*)([{};])", text):
        if mark == "{":
            if open_rules and not open_rules[-1].startswith("@"):
                found.append(before.strip())
            open_rules.append(before.strip())
        elif mark == "}" and open_rules:
            open_rules.pop()
    return found


@pytest.mark.parametrize(
    ("paths", "features"),
    [(STYLES, IN_STYLES), (SCRIPTS, IN_SCRIPTS), (TEMPLATES, IN_TEMPLATES)],
    ids=["styles", "scripts", "templates"],
)
def test_nothing_is_newer_than_the_last_browser_for_windows_7(paths, features):
    assert paths
    assert newer(paths, features) == []


def test_no_rule_stands_inside_another():
    assert {path.name: found for path in STYLES if (found := nested(code(path)))} == {}
    assert nested("@media print { a { b { color: red } } }") == ["b"]


@pytest.mark.parametrize("name", EXTRAS)
def test_what_an_old_browser_leaves_out_is_told_of(name):
    for path in (path for path in STYLES if re.search(EXTRAS[name], code(path))):
        comments = re.findall(r"/\*.*?\*/", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert any(name in comment and "extra" in comment for comment in comments), path.name


@pytest.mark.parametrize(
    ("features", "text"),
    [
        (IN_STYLES, "a { color: color-mix(in srgb, red, blue) }"),
        (IN_STYLES, "tr:has(td) { color: light-dark(red, blue) }"),
        (IN_SCRIPTS, "const sorted = list.toSorted();"),
        (IN_SCRIPTS, "document.startViewTransition(step);"),
        (IN_TEMPLATES, '<details name="one">'),
    ],
)
def test_what_is_newer_is_found(features, text):
    assert any(re.search(pattern, text) for pattern in features)
