"""A password is long and not easily guessed; nothing else is asked of it."""

from __future__ import annotations

import pytest

from processes.rules.passwords import normalised, why_refused

NAMES = ("anna", "Anna Lindqvist")


@pytest.mark.parametrize(
    "password",
    [
        "fyra gröna hästar sjunger",
        "xk7-wq2-mm9-tt4",
        "regnbågetorsdagsbil",
        "sommaren då allt hände",
        "12-6 ¾ ☂ ö Å",
    ],
)
def test_a_long_password_of_any_kind_is_fine(password):
    assert why_refused(password, NAMES) is None


@pytest.mark.parametrize(
    ("password", "because"),
    [
        ("elva tecken", "för kort"),
        ("a" * 201, "för långt"),
        ("min ANNA är bäst i stan", "ditt namn"),
        ("lindqvist-och-resten", "ditt namn"),
        ("aaaaaaaaaaaaaa", "vanligaste"),
        ("121212121212", "vanligaste"),
        ("qwertyuiopas", "vanligaste"),
        ("abcdefghijklm", "vanligaste"),
        ("987654321098", "vanligaste"),
        ("Sommaren2026!", "vanligaste"),
        ("lösenord12345", "vanligaste"),
        ("passwordpassword", "vanligaste"),
    ],
)
def test_a_password_that_is_tried_first_is_refused(password, because):
    assert because in str(why_refused(password, NAMES))


def test_the_same_letters_are_the_same_password_whatever_keyboard_composed_them():
    assert normalised("ha\u0308star") == normalised("hästar")
