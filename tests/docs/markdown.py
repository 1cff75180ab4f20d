"""Reads a document as its readers do: where its links lead, what its blocks and its quoted words say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]\n]*(?:\n[^\]\n]*)?\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LABEL = re.compile(r"(?<![\w*])\*([^*\s][^*]*?)\*(?![\w*])")


@dataclass(frozen=True)
class Block:
    """A block of code: its language as the fence names it, and its text."""

    language: str
    text: str


def blocks(text: str) -> Iterator[Block]:
    """Every fenced block of the document."""
    return (Block(found[1], found[2]) for found in FENCE.finditer(text))


def prose(text: str) -> str:
    """The document without its fenced blocks."""
    return FENCE.sub("", text)


def links(text: str) -> list[str]:
    """Where the links and pictures of the document lead."""
    return LINK.findall(CODE.sub("", prose(text)))


def codes(text: str) -> list[str]:
    """What the prose sets as code."""
    return CODE.findall(prose(text))


def labels(text: str) -> set[str]:
    """What the prose sets in italics: the words that stand on the pages."""
    plain = CODE.sub("", prose(text)).replace("**", "")
    return {" ".join(found.split()) for found in LABEL.findall(plain)}


def anchors(text: str) -> set[str]:
    """The names by which the headings of the document can be linked to, as the usual viewers make them."""
    return {
        re.sub(r"\s", "-", re.sub(r"[^\w\- ]", "", heading.lower()))
        for heading in HEADING.findall(prose(text))
    }
