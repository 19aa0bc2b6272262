"""Many source files as the one file that browsers load: style sheets with their imports, scripts with their modules.

Pages need one answer where the sources are some twenty small files; nothing is built or committed. Only the forms that
the sources use are understood: any other raises `ValueError`, so that a page is never served half a bundle.
"""

import posixpath
import re
from collections.abc import Callable

Read = Callable[[str], str]
"""A path under the folder of static files → the text of the file."""

_STYLE_IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)\s*(?:layer\(([\w.-]+)\))?\s*([^;]*);""")
_ADDRESS = re.compile(r"""url\((["']?)(?![a-z]+:|/|#)([^"')]+)\1\)""")
_MODULE_IMPORT = re.compile(r"""^import\s+(?:\{([^}]*)\}\s+from\s+)?["'](\.{1,2}/[^"']+)["'];?[ \t]*$""", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+((?:async\s+)?(?:const|let|class|function)\s+(\w+))", re.MULTILINE)
_UNREAD = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


def style(path: str, read: Read) -> str:
    """The sheet at `path` with what it imports in its place, each part in its layer and for its medium."""
    folder = posixpath.dirname(path)

    def part(found: re.Match[str]) -> str:
        imported = posixpath.normpath(posixpath.join(folder, found[1]))
        text = _rebased(style(imported, read), posixpath.dirname(imported), folder)
        text = f"@layer {found[2]} {{\n{text}\n}}" if found[2] else text
        return f"@media {found[3].strip()} {{\n{text}\n}}" if found[3].strip() else text

    whole = _STYLE_IMPORT.sub(part, read(path))
    if "@import" in whole:
        raise ValueError(f"{path}: an @import of a form that is not understood")
    return whole


def _rebased(text: str, written_in: str, read_in: str) -> str:
    """`text` with its relative addresses, written for one folder, as they read from another."""

    def there(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(written_in, found[2]))
        return f'url("{posixpath.relpath(target, read_in)}")'

    return text if written_in == read_in else _ADDRESS.sub(there, text)


def script(path: str, read: Read) -> str:
    """The module at `path` after the modules that it imports, each once, in a scope of its own, in the order browsers
    would run them."""
    parts: dict[str, str] = {}
    _gather(path, read, parts, ())
    return "\n".join(parts.values())


def _gather(path: str, read: Read, parts: dict[str, str], above: tuple[str, ...]) -> None:
    if path in above:
        raise ValueError(f"{path}: a module that imports itself")
    if path in parts:
        return
    folder, text = posixpath.dirname(path), read(path)

    def names(found: re.Match[str]) -> str:
        imported = posixpath.normpath(posixpath.join(folder, found[2]))
        _gather(imported, read, parts, (*above, path))
        return f"const {{ {found[1].strip().replace(' as ', ': ')} }} = {_scope(imported)};" if found[1] else ""

    body = _MODULE_IMPORT.sub(names, text)
    given = ", ".join(found[2] for found in _EXPORT.finditer(body))
    body = _EXPORT.sub(r"\1", body)
    if _UNREAD.search(body):
        raise ValueError(f"{path}: an import or export of a form that is not understood")
    parts[path] = f"const {_scope(path)} = (() => {{\n{body}\nreturn {{ {given} }};\n}})();"


def _scope(path: str) -> str:
    return "_" + re.sub(r"\W", "_", path)
