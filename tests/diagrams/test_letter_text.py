"""A template is read as headings, paragraphs, lists and lines; what fills it in is never read as more than text."""

from __future__ import annotations

import pytest

from processes.diagrams.letter_text import read_letter
from processes.rules.letters import BY_HAND, PLACEHOLDERS
from processes.settings import DIAGRAMS
from processes.typesetting import Blank, Bold, Bullets, Document, Heading, Paragraph, to_pdf

TEMPLATES = {
    file.stem: (file.parent.parent.name, file.read_text("utf-8")) for file in DIAGRAMS.glob("*/letters/*.md")
}
WORDS = dict.fromkeys(PLACEHOLDERS, "ord")


def test_the_lines_above_the_title_stand_in_the_window() -> None:
    text = read_letter(
        "{{ mottagare }}\n{{ adress }}\n\n{{ datum }}\n\n# Hej {{ mottagare }}\n\nText",
        {"mottagare": "Disa", "adress": "Provgatan 1, lgh 1101, 411 11 Provstad", "datum": "2 mars"},
    )
    assert text.recipient_lines == ("Disa", "Provgatan 1, lgh 1101", "411 11 Provstad")
    assert text.title == "Hej Disa"
    assert text.blocks == (Paragraph(("Text",)),)


def test_a_form_needs_no_window() -> None:
    assert read_letter("# Rubrik\n\nText", {}).recipient_lines == ()


def test_every_part_of_the_simple_markdown() -> None:
    text = read_letter(
        "# R\n\n## Två\nrad\nrad\n\n### Tre\n- a\n- **b**\n\n- [ ] c\n- [ ] d: _____\nNamn ______", {}
    )
    assert text.blocks == (
        Heading("Två"),
        Paragraph(("rad\nrad",)),
        Heading("Tre", 3),
        Bullets((("a",), (Bold("b"),))),
        Bullets((("c",),), has_boxes=True),
        Blank("d"),
        Blank("Namn"),
    )


@pytest.mark.parametrize("said", ["# stor", "- punkt", "**fet**", "- [ ] ruta", "_____", "{{ datum }}"])
def test_what_fills_a_placeholder_is_never_markdown(said: str) -> None:
    assert read_letter("# R\n\n{{ mottagare }}", {"mottagare": said}).blocks == (Paragraph((said,)),)


def test_a_line_of_which_nothing_is_left_goes() -> None:
    assert read_letter("# R\n\n{{ adress }}\n\n{{ adress }}\nkvar", {}).blocks == (Paragraph(("kvar",)),)


@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_every_letter_has_a_title_and_text_and_can_be_set(kind: str) -> None:
    text = read_letter(TEMPLATES[kind][1], WORDS)
    assert text.title
    assert len(text.blocks) > 2
    assert to_pdf(Document(text.title, "sv", "Provstad", text.recipient_lines, "2 mars 2026", text.blocks))


@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_every_letter_says_who_writes_and_how_to_reach_them(kind: str) -> None:
    template = TEMPLATES[kind][1]
    for name in ("handlaggare", "handlaggare_telefon", "forvaltning"):
        assert f"{{{{ {name} }}}}" in template


def test_what_is_written_by_hand_has_its_template_where_it_is_said_to_be() -> None:
    assert {kind: one.process_key for kind, one in BY_HAND.items()} == {
        kind: TEMPLATES[kind][0] for kind in BY_HAND
    }
