"""A document is set as it was said, whatever it says, and reaches neither files nor the network."""

from __future__ import annotations

import re

import pytest

from processes import typesetting
from processes.typesetting import Blank, Bold, Bullets, Document, Heading, Paragraph, Table, to_pdf

ATTACKS = [
    '#panic("x")',
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.4"',
    "$ x^2 $",
    "@nobody",
    "<label> *b* _i_ `c` // /* \\ [x] ]#{",
    '"); #sys.inputs',
    "x" * 5_000,
    "\x00\x01\x07\x1b\x7f\u202e\ufeff\ud7ff\uffff",
    "😀 👩‍👩‍👧 مرحبا 漢字",
    "שלום עולם",
    "Łódź Šćž Ωμέγα Привет e\u0301",
    "",
    "\n\n",
]


def letter(*blocks: typesetting.Block, **other: object) -> Document:
    said: dict[str, object] = {
        "title": "Vi vill hjälpa dig",
        "language": "sv",
        "sender": "Provstad\nSocialförvaltningen",
        "recipient_lines": ("Disa Provlind", "Provgatan 1", "411 11 Provstad"),
        "date_line": "2 mars 2026",
        "blocks": blocks,
        "reference": "Ärende 2026-000001",
    }
    return Document(**(said | other))  # type: ignore[arg-type]


@pytest.mark.parametrize("said", ATTACKS)
def test_what_is_said_is_shown_and_never_carried_out(said: str) -> None:
    everywhere = letter(
        Heading(said),
        Paragraph((said, Bold(said))),
        Bullets((said,)),
        Bullets((said,), has_boxes=True),
        Blank(said),
        Table((said, "B"), ((said, said),)),
        title=said,
        sender=said,
        recipient_lines=(said, said),
        date_line=said,
        reference=said,
    )
    assert to_pdf(everywhere).startswith(b"%PDF-1.7")


def test_the_same_document_gives_the_same_bytes_and_another_gives_others() -> None:
    same = letter(Paragraph("Hej"))
    assert to_pdf(same) == to_pdf(letter(Paragraph("Hej")))
    assert to_pdf(same) != to_pdf(letter(Paragraph("Hejdå")))


def test_not_even_the_pattern_reaches_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_pattern", lambda: b'#read("/etc/passwd")')
    with pytest.raises(Exception, match="not found"):
        to_pdf(letter())


def test_the_pattern_asks_for_nothing_from_elsewhere() -> None:
    pattern = typesetting.PATTERN.read_text()
    assert not [word for word in ("import", "include", "read(", "eval", "image(") if word in pattern]


def test_the_document_is_marked_for_screen_readers_with_its_language_and_title() -> None:
    swedish, english = to_pdf(letter(Paragraph("Hej"))), to_pdf(letter(language="en"))
    assert b"/Lang(sv)" in swedish
    assert b"/Lang(en)" in english
    assert b"pdfuaid:part" in swedish
    assert "Vi vill hjälpa dig".encode() in swedish
    assert b"/MarkInfo" in swedish
    assert b"/StructTreeRoot" in swedish


def test_every_sign_that_is_not_replaced_has_a_picture() -> None:
    signs = [chr(code) for code in range(0x20, 0x2600) if not typesetting._UNSHOWN.match(chr(code))]
    assert len(signs) > 1_000
    assert to_pdf(letter(Paragraph(" ".join(signs))))


def test_a_long_document_has_all_its_pages() -> None:
    many = tuple(Paragraph(f"Stycke {number}\n" * 10) for number in range(250))
    pages = re.search(rb"/Type/Pages/Count (\d+)", to_pdf(letter(*many)))
    assert pages
    assert int(pages.group(1)) >= 50


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="cells"):
        to_pdf(letter(Table(("A", "B"), (("1",),))))


@pytest.mark.parametrize("longest", [typesetting.LONGEST_WORD, 13])
def test_a_long_word_can_be_broken_and_a_short_one_stays_whole(longest: int) -> None:
    assert typesetting._shown("x" * longest, longest) == "x" * longest
    assert "\u200b" in typesetting._shown("x" * (longest + 1), longest)
