"""Text is broken into lines as the browser does, so that what is said to fit does fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.diagrams.text_size import BESIDE, INSIDE, fits, text_width, wrapped


@pytest.mark.parametrize(
    ("text", "pixels"),
    [("Kontakta hyresvärden", 115), ("Enheten för ekonomiskt bistånd", 169), ("Ja", 13), ("", 0)],
)
def test_a_text_is_about_as_wide_as_arial_draws_it(text, pixels):
    assert text_width(text, INSIDE) == pytest.approx(pixels, rel=0.05, abs=1)


def test_a_text_is_broken_at_blanks():
    assert wrapped("Kontakta hyresvärden", 90, INSIDE) == ["Kontakta", "hyresvärden"]
    assert wrapped("Kontakta hyresvärden", 200, INSIDE) == ["Kontakta hyresvärden"]


def test_a_text_is_broken_at_hyphens_too():
    assert wrapped("Kontakt-personen", 70, INSIDE) == ["Kontakt-", "personen"]


def test_a_word_that_is_too_long_is_cut_and_does_not_fit():
    assert len(wrapped("Samordningsfunktionen", 60, INSIDE)) > 1
    assert not fits("Samordningsfunktionen", 60, 100, INSIDE)
    assert fits("Samordningsfunktionen", 130, 100, INSIDE)


def test_a_line_may_come_out_shorter_than_it_need_be():
    """bpmn-js guesses the break from the number of characters; ”Något att berätta,” would have fitted."""
    assert wrapped("Något att berätta, med samtycke?", 91, BESIDE) == [
        "Något att",
        "berätta, med",
        "samtycke?",
    ]


def test_two_lines_need_twice_the_height():
    assert fits("Kontakta hyresvärden", 90, 29, INSIDE)
    assert not fits("Kontakta hyresvärden", 90, 20, INSIDE)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö ", max_size=60), st.integers(10, 200))
def test_no_letter_is_lost(text, width):
    assert "".join(wrapped(text, width, BESIDE)).replace(" ", "") == text.replace(" ", "")
