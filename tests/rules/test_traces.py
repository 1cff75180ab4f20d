"""A number, an address or a name is found in a text however it was written, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from processes.rules.traces import finder_of, finder_of_name, plain, traces_of

NUMBER, ADDRESS = "19800101-1234", "Hemliga vägen 5, 411 11 Provstad"


@pytest.mark.parametrize(
    "written",
    [
        "nr 19800101-1234.",
        "nr 198001011234",
        "nr 800101-1234",
        "nr 8001011234",
        "19800101 1234",
        "bor på Hemliga vägen 5, 411 11 Provstad",
        "bor på HEMLIGA VÄGEN 5",
        "bor på hemliga-vägen 5",
        "bor på Hemliga vägen nu",
    ],
)
def test_it_is_found_however_it_is_written(written: str) -> None:
    assert finder_of(traces_of([NUMBER, ADDRESS])).search(written)


@pytest.mark.parametrize(
    "written", ["", "nr 19700101-1234", "Hemlig", "Provstad", "1198001011234", "vägen 5"]
)
def test_nothing_else_is_found(written: str) -> None:
    assert not finder_of(traces_of([NUMBER, ADDRESS])).search(written)


@given(st.text())
def test_without_a_secret_nothing_is_found(written: str) -> None:
    assert not finder_of(traces_of([])).search(written)


@given(st.text("abcXYZ 0123456789-", min_size=7), st.text(), st.text())
def test_whatever_is_secret_is_found_where_it_stands_alone(secret: str, before: str, after: str) -> None:
    assume(len(plain(secret)) >= 5)
    assert finder_of(traces_of([secret])).search(f"{before} {secret} {after}")


@pytest.mark.parametrize(
    "written", ["Maja Prov ringde", "enligt maja", "Majas bil", "MAJA PROV", "(Maja)", "Maja Provs lägenhet"]
)
def test_a_name_is_found(written: str) -> None:
    assert finder_of_name("Maja Prov").search(written)


@pytest.mark.parametrize("written", ["Majang ringde", "Prov", "majs", ""])
def test_another_word_is_no_name(written: str) -> None:
    assert not finder_of_name("Maja Prov").search(written)


@pytest.mark.parametrize(
    ("written", "is_found"), [("Bo ringde", True), ("Bos dotter", True), ("bo kvar", False)]
)
def test_a_name_that_is_a_word_too_is_found_as_it_is_spelled(written: str, is_found: bool) -> None:
    assert bool(finder_of_name("Bo Prov").search(written)) is is_found


@pytest.mark.parametrize("name", ["", "  ", "B"])
def test_who_has_no_name_is_never_found(name: str) -> None:
    assert not finder_of_name(name).search(f"B {name} ringde")
