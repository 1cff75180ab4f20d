"""Reads the text of a letter template: headings, paragraphs, lists, boxes to tick, bold words and lines to fill in.

A template is Markdown of the simplest kind. Above the title stands what is seen through the window of the envelope and
the date. What a placeholder stands for is put in afterwards and is never read as Markdown: a name may hold any sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from processes.rules.letters import PLACEHOLDER
from processes.typesetting import Blank, Block, Bold, Bullets, Heading, Paragraph, Text

BOLD = re.compile(r"\*\*(.+?)\*\*")
BLANK = re.compile(r"(.*?):?\s*_{5,}$")
BOX = "- [ ] "
BULLET = "- "
DATE = "{{ datum }}"
POST_CODE = re.compile(r",\s+(?=\d{3} ?\d{2} )")
"""Before it a line of an address ends."""


@dataclass(frozen=True, slots=True)
class LetterText:
    """What a letter says, in the parts that it is set from."""

    title: str
    recipient_lines: tuple[str, ...]
    blocks: tuple[Block, ...]


def read_letter(template: str, words: Mapping[str, str]) -> LetterText:
    """The template with its placeholders filled in; one that stands for nothing stays empty."""
    head, _, rest = template.partition("# ") if template.startswith("# ") else template.partition("\n# ")
    title, _, body = rest.partition("\n")

    def fill(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: words.get(found.group(1), ""), text)

    above = [fill(line.strip()) for line in head.split("\n") if line.strip() not in ("", DATE)]
    recipient = [part for line in above for part in POST_CODE.split(line) if part]
    return LetterText(fill(title.strip()), tuple(recipient), tuple(_blocks(body, fill)))


Fill = Callable[[str], str]


def _blocks(body: str, fill: Fill) -> Iterator[Block]:
    for chunk in re.split(r"\n\s*\n", body.strip()):
        for kind, group in groupby((line.strip() for line in chunk.split("\n")), _kind_of):
            lines = list(group)
            if kind == "heading":
                yield from (_heading(line, fill) for line in lines)
            elif kind == "blank":
                yield from (Blank(fill(BLANK.sub(r"\1", line.removeprefix(BOX)))) for line in lines)
            elif kind in (BOX, BULLET):
                items = tuple(_text(line.removeprefix(kind), fill) for line in lines)
                yield Bullets(items, has_boxes=kind == BOX)
            elif any(fill(line).strip() for line in lines):
                yield Paragraph(_text("\n".join(line for line in lines if fill(line)), fill))


def _kind_of(line: str) -> str:
    if re.match(r"#{2,3} ", line):
        return "heading"
    if BLANK.fullmatch(line):
        return "blank"
    return next((start for start in (BOX, BULLET) if line.startswith(start)), "paragraph")


def _heading(line: str, fill: Fill) -> Heading:
    marks, _, text = line.partition(" ")
    return Heading(fill(text), 3 if marks == "###" else 2)


def _text(line: str, fill: Fill) -> Text:
    """The words of a line, the bold ones apart; `split` puts them at every second place."""
    parts = BOLD.split(line)
    return tuple(Bold(fill(part)) if place % 2 else fill(part) for place, part in enumerate(parts) if part)
