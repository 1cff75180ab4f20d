"""A reader who follows a link comes somewhere, and every picture is looked at by somebody."""

from __future__ import annotations

from pathlib import Path

from tests.docs.conftest import DOCUMENTS
from tests.docs.markdown import anchors, links

ELSEWHERE = ("http://", "https://", "mailto:")


def broken(document: Path) -> list[str]:
    found = []
    for link in links(document.read_text("utf-8")):
        if link.startswith(ELSEWHERE):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            found.append(link)
    return found


def test_every_link_and_picture_leads_somewhere(document):
    assert broken(document) == []


def test_a_link_that_leads_nowhere_would_be_found(tmp_path):
    text = "# Ett ord\n\n[a](#ett-ord) [b](#ett-annat) [c](d.md) ![e](f.png) `[g](h.md)` [i](https://example.org)\n"
    page = tmp_path / "page.md"
    page.write_text(text)
    assert broken(page) == ["#ett-annat", "d.md", "f.png"]


def test_every_picture_is_used(root):
    used = {
        (document.parent / link).resolve()
        for document in DOCUMENTS
        for link in links(document.read_text("utf-8"))
    }
    assert [path.name for path in (root / "docs/pictures").iterdir() if path not in used] == []


def test_every_document_is_in_the_index(root):
    listed = {
        (root / "docs" / link).resolve() for link in links((root / "docs/README.md").read_text("utf-8"))
    }
    owned = {*(root / "docs").glob("*.md"), *root.glob("*.md")} - {root / "docs/README.md"}
    assert sorted(path.name for path in owned - listed) == []


def test_the_readme_can_be_read_in_a_minute(root):
    assert len((root / "README.md").read_text("utf-8").splitlines()) <= 120
