"""What a file of a process is called on a page: its kind and its own title, instead of only a path."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KINDS = {"forms": "form", "letters": "letter", "scenarios": "scenario"}
TITLES = {
    "diagram": re.compile(r'<(?:\w+:)?(?:participant|process)\b[^>]*\bname="([^"]+)"'),
    "table": re.compile(r'<(?:\w+:)?decision\b[^>]*\bname="([^"]+)"'),
    "letter": re.compile(r"^(?:#+|(?:rubrik|titel|subject):)\s*(.+)$", re.MULTILINE),
    "readme": re.compile(r"^#+\s*(.+)$", re.MULTILINE),
    "scenario": re.compile(r"^(?:name|title|namn):\s*[\"']?(.+?)[\"']?$", re.MULTILINE),
}
LONGEST_READ = 20_000
"""So many bytes from the beginning are looked through for a title."""


@dataclass(frozen=True, slots=True)
class ProcessFile:
    """A file as a list shows it."""

    path: str
    kind: str
    """diagram, form, letter, table, scenario or readme."""
    title: str

    @property
    def folder(self) -> str:
        """The process that it belongs to."""
        return self.path.split("/", 1)[0]


def kind_of(path: str) -> str:
    """Which kind of file lies there."""
    parts = path.split("/")
    if len(parts) > 2:
        return KINDS.get(parts[1], "readme")
    return "diagram" if path.endswith(".bpmn") else "table" if path.endswith(".dmn") else "readme"


def described(path: str, content: bytes | None) -> ProcessFile:
    """The file with the title that stands in it; its name where none does."""
    kind = kind_of(path)
    name = path.rsplit("/", 1)[-1]
    text = (content or b"")[:LONGEST_READ].decode("utf-8", "replace")
    if kind == "form":
        return ProcessFile(path, kind, _title_of_form(content) or name)
    found = TITLES[kind].search(text)
    return ProcessFile(path, kind, html.unescape(found[1]).strip() if found else name)


def by_process(files: Mapping[str, bytes]) -> dict[str, list[ProcessFile]]:
    """Every file under the title of its process, the diagram first."""
    order = ("diagram", "table", "form", "letter", "scenario", "readme")
    shown = [described(path, content) for path, content in files.items()]
    found: dict[str, list[ProcessFile]] = {}
    for one in sorted(shown, key=lambda one: (one.folder, order.index(one.kind), one.title)):
        found.setdefault(one.folder, []).append(one)
    titles = {folder: title_of(folder, rows) for folder, rows in found.items()}
    return dict(
        sorted(((titles[folder], rows) for folder, rows in found.items()), key=lambda one: one[0].casefold())
    )


def title_of(folder: str, rows: Iterable[ProcessFile]) -> str:
    """What the process is called: its diagram's title, else that of its description, else its folder."""
    titles = {one.kind: one.title for one in rows}
    return titles.get("diagram") or titles.get("readme") or folder


def _title_of_form(content: bytes | None) -> str:
    try:
        form = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return ""
    title = form.get("title") if isinstance(form, dict) else None
    return title if isinstance(title, str) else ""
