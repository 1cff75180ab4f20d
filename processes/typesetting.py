"""Sets a letter or an extract as a PDF that looks the same everywhere and can be read aloud by a screen reader.

What a document says is handed to the typesetting program as data and is never read as instructions: a name may hold
any sign. The program sees no other file than the pattern of the page, which asks for nothing from elsewhere. The same
document gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, TypeAlias
from unicodedata import normalize

PATTERN = Path(__file__).with_name("typesetting.typ")
"""How a page looks: margins, type, where the window of the envelope is."""
LONGEST_WORD = 40
"""Characters; a longer word may be broken anywhere, so that it does not run out of the page or of its column."""
_UNSHOWN = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u024f\u0300-\u036f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u0400-\u045f\u05d0-\u05ea\u1e00-\u1eff\u2010-\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212\u25a1]"
)
"""What the typeface has no picture of, and control characters."""


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out in a text."""

    words: str


Text: TypeAlias = str | tuple[str | Bold, ...]
"""Running text; a line break stays a line break."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title of the document; level 2 is the highest, since the title has level 1."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; with boxes, each item has a box to tick with a pen."""

    items: tuple[Text, ...]
    has_boxes: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on by hand, with what to write before it."""

    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers; every row has as many cells as there are headers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Paragraph | Bullets | Blank | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What is set: the title and everything that stands on the pages."""

    title: str
    language: Literal["sv", "en"]
    sender: str
    recipient_lines: tuple[str, ...]
    """Shown through the window of the envelope; without them the text begins at the top of the page."""
    date_line: str
    blocks: tuple[Block, ...]
    reference: str = ""
    """What the recipient gives when answering, such as the case number; stands on every page."""


def to_pdf(document: Document) -> bytes:
    """The document as a tagged PDF (PDF/UA-1) on A4."""
    import typst  # noqa: PLC0415 -- seven megabytes that a process needs which has printed something

    said = json.dumps(_as_data(document), ensure_ascii=False)
    with TemporaryDirectory() as folder:
        alone = Path(folder)
        pattern = alone / PATTERN.name
        pattern.write_bytes(_pattern())
        pdf: bytes = typst.compile(
            pattern,
            format="pdf",
            root=alone,
            font_paths=_fonts(),
            package_path=alone,
            package_cache_path=alone,
            ignore_system_fonts=True,
            sys_inputs={"document": said},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    return pdf


@cache
def _fonts() -> Any:
    """The typefaces that come with the program, looked through once and not for every document."""
    import typst  # noqa: PLC0415 -- as above

    return typst.Fonts(include_system_fonts=False)


@cache
def _pattern() -> bytes:
    return PATTERN.read_bytes()


def _as_data(document: Document) -> dict[str, Any]:
    return {
        "title": _line(document.title) or "–",
        "language": document.language,
        "sender": _lines(document.sender.split("\n")),
        "recipient": _lines(document.recipient_lines),
        "date": _line(document.date_line),
        "reference": _line(document.reference),
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": _line(text) or "–", "level": level}
        case Paragraph(text):
            return {"kind": "paragraph", "runs": _runs(text)}
        case Bullets(items, has_boxes):
            return {"kind": "boxes" if has_boxes else "bullets", "items": [_runs(item) for item in items]}
        case Blank(label):
            return {"kind": "blank", "text": _line(label)}
        case Table(headers, rows):
            if any(len(row) != len(headers) for row in rows):
                raise ValueError("a row has not as many cells as there are headers")
            longest = LONGEST_WORD // max(1, len(headers))
            cells = [_shown(cell, longest) for row in rows for cell in row]
            return {
                "kind": "table",
                "headers": [_shown(header, longest) for header in headers],
                "cells": cells,
            }


def _runs(text: Text) -> list[dict[str, Any]]:
    parts = (text,) if isinstance(text, str) else text
    return [
        {"text": _shown(part.words), "bold": True}
        if isinstance(part, Bold)
        else {"text": _shown(part), "bold": False}
        for part in parts
    ]


def _lines(lines: Sequence[str]) -> list[str]:
    return [_line(line) for line in lines]


def _line(text: str) -> str:
    return " ".join(_shown(text).split())


def _shown(text: str, longest: int = LONGEST_WORD) -> str:
    """The text with a box for what cannot be shown, and places to break words that are too long."""
    composed = normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    shown = _UNSHOWN.sub("□", composed)
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: "\u200b".join(word[0]), shown)
