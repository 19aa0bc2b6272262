"""What browsers load: one sheet, one bundle of scripts, compressed, under an address that is kept for good."""

import gzip
import re
from posixpath import normpath

import pytest

from app.web import assets, bundler
from app.web.assets import BUNDLES, FOLDER, load

MOST_SCRIPT_BYTES = 60_000
SCRIPT = re.compile(r'<script src="/static/[0-9a-f]{12}/([^"]+)"')
STYLE = re.compile(r'<link rel="stylesheet" href="(/static/[0-9a-f]{12}/)([^"]+)"')


@pytest.fixture
def ask(sqlite_bench):
    """Ask for a static file as a browser: (path, headers) → the answer."""
    client = sqlite_bench.app.test_client()
    prefix = STYLE.search(client.get("/login").text)[1]
    return lambda path, method="GET", **headers: client.open(prefix + path, method=method, headers=headers)


def sources(folder, ending):
    return sorted(path.relative_to(FOLDER).as_posix() for path in (FOLDER / folder).rglob(f"*{ending}"))


def read(name):
    return (FOLDER / name).read_text(encoding="utf-8")


# loaded where a visit is recorded, and nowhere else
ONLY_VISITS = {f"js/{name}.js" for name in ("bar", "device", "keys", "leaving", "outbox", "restore", "seal", "visits")}
OF_VISITS = sorted({*ONLY_VISITS, "js/kept.js"})
WORKER = "js/visit-worker.js"  # runs beside the pages


def plain(text):
    """`text` without what bundling may change: addresses, white space, the marks of modules."""
    bare = re.sub(
        r"url\([^)]*\)|^(?:@import|import)\b.*$|^const { .* } = _js_\w+;$|^export ", "", text, flags=re.MULTILINE
    )
    return "".join(bare.split())


@pytest.mark.parametrize("name", sorted(BUNDLES))
def test_a_bundle_holds_every_source_file_once(name):
    whole = plain(load(name).plain.decode())
    apart = ONLY_VISITS | {WORKER} if name == "js/app.js" else set()
    of_bundle = (
        OF_VISITS if name == "js/visits.js" else sources(name.split("/", maxsplit=1)[0], name[name.rindex(".") :])
    )
    for source in of_bundle:
        assert whole.count(plain(read(source))) == (source not in apart), source


def test_the_sheet_imports_nothing_and_its_addresses_exist(ask):
    sheet = ask("css/app.css").text
    assert "@import" not in sheet
    addresses = re.findall(r'url\("?([^)"]+)"?\)', sheet)
    assert addresses
    for address in addresses:
        assert ask(normpath(f"css/{address}")).status_code == 200, address


def test_parts_stand_in_their_layer_and_medium_with_addresses_of_their_own_folder():
    files = {
        "css/app.css": '@layer a, b;\n@import url("parts/x.css") layer(a);\n@import url("y.css") layer(b) print;',
        "css/parts/x.css": '.x { background: url("../../pictures/x.svg"); }',
        "css/y.css": ".y { color: red; }",
    }
    assert bundler.style("css/app.css", files.__getitem__) == (
        '@layer a, b;\n@layer a {\n.x { background: url("../pictures/x.svg"); }\n}\n'
        "@media print {\n@layer b {\n.y { color: red; }\n}\n}"
    )


def test_modules_run_once_in_the_order_of_their_imports_each_in_its_scope():
    files = {
        "js/app.js": 'import "./a.js";\nimport { b as c, d } from "./b.js";\nc(d);',
        "js/a.js": 'import { d } from "./b.js";\nd();',
        "js/b.js": "export const b = 1;\nexport async function d() {}",
    }
    made = bundler.script("js/app.js", files.__getitem__)
    assert re.findall(r"const (_js_\w+) = \(", made) == ["_js_b_js", "_js_a_js", "_js_app_js"]
    assert "const { b: c, d } = _js_b_js;" in made
    assert "return { b, d };" in made
    assert not re.search(r"^\s*(import|export)\b", made, re.MULTILINE)


@pytest.mark.parametrize(
    ("bundle", "text"),
    [
        (bundler.style, '@import "plain.css";'),
        (bundler.script, 'import all from "./b.js";'),
        (bundler.script, "export default 1;"),
        (bundler.script, 'import "./x.js";'),
    ],
)
def test_a_form_that_is_not_understood_is_refused(bundle, text):
    with pytest.raises(ValueError, match="x"):
        bundle("x.js", lambda _name: text)


def test_text_leaves_compressed_to_those_who_take_it(ask):
    packed, whole = ask("js/app.js", Accept_Encoding="br, gzip"), ask("js/app.js", Accept_Encoding="gzip;q=0")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == whole.data
    assert "Content-Encoding" not in whole.headers
    for answer in (packed, whole):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    font = sources("fonts", ".woff2")[0]
    assert "Content-Encoding" not in ask(font, Accept_Encoding="gzip").headers


def test_the_kinds_of_files_are_told_without_asking_the_machine(ask):
    kinds = {"js/app.js": "text/javascript", "css/app.css": "text/css", "icons.svg": "image/svg+xml"}
    assert {name: ask(name).mimetype for name in kinds} == kinds
    assert {path.suffix for path in FOLDER.rglob("*") if path.is_file()} <= set(assets._KINDS)


def test_only_files_that_are_there_are_answered(ask, sqlite_bench):
    assert ask("js/app.js", "HEAD").data == b""
    for path in ("../config.py", "js/none.js", "", "js"):
        assert ask(path).status_code == 303, path  # as any unknown address, for a stranger
    assert ask("js/app.js", "POST").status_code in (401, 404, 405)
    assert sqlite_bench.app.test_client().get("/static/000000000000/js/app.js").status_code == 303


def test_the_board_loads_little_script(visit):
    scripts = SCRIPT.findall(visit("chi").get("/board").text)
    assert {"js/app.js", "vendor/htmx-4.0.1/htmx.min.js"} <= set(scripts)
    assert sum(len(load(name).packed) for name in scripts) <= MOST_SCRIPT_BYTES
