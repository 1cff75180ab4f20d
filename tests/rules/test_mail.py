"""What a mail says and to which addresses it may go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.rules.mail import (
    BROKEN_PROCESS,
    DIGEST,
    KINDS,
    LONGEST_PAUSE,
    is_address,
    is_of,
    pause_after,
    words_of,
)

LINK = "https://kvarboende.example.se/uppgifter/17"


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {BROKEN_PROCESS, DIGEST}))
def test_a_mail_says_which_case_and_the_way_there_and_nothing_more(kind: str) -> None:
    subject, text = words_of(kind, number="KVB 2026-00001", link=LINK, counted={})
    assert "KVB 2026-00001" in subject
    assert LINK in text
    assert text.count("\n\n") == 2


def test_a_process_owner_who_sees_no_case_is_not_told_which() -> None:
    subject, text = words_of(BROKEN_PROCESS, number="KVB 2026-00001", link=LINK, counted={})
    assert "KVB" not in subject + text
    assert LINK in text


def test_a_digest_counts_cases_and_names_only_their_numbers() -> None:
    counted = {"late": ["KVB 2026-00001", "KVB 2026-00004"], "today": ["KVB 2026-00002"], "unit": []}
    subject, text = words_of(DIGEST, number="", link=LINK, counted=counted)
    assert subject == "Dagens ärenden: 2 försenade, 1 för i dag"
    assert "Försenat: 2\n  KVB 2026-00001\n  KVB 2026-00004\n\n" in text
    assert "Otilldelat" not in text


@pytest.mark.parametrize(
    "address", ["anna@example.se", "anna.lindqvist+kvb@social.example.se", "o'neill@a-b.example"]
)
def test_a_plain_address_will_do(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "anna@",
        "@example.se",
        "anna@example",
        "anna@example.se\nBcc: alla@example.se",
        "anna@example.se\r\n",
        "anna@example.se,alla@example.se",
        "anna@example.se alla@example.se",
        "Anna <anna@example.se>",
        '"anna"@example.se',
        "anna..l@example.se",
        ".anna@example.se",
        "anna@-example.se",
        "anna@exa mple.se",
        "ånna@example.se",
        "anna@[127.0.0.1]",
        "a" * 65 + "@example.se",
        "anna@" + "a." * 130 + "se",
    ],
)
def test_what_could_be_something_else_than_one_address_is_refused(address: str) -> None:
    assert not is_address(address)


@given(st.text(max_size=30), st.sampled_from('\r\n\x00,;<> \t"()'), st.text(max_size=30))
def test_nothing_that_could_end_a_header_is_an_address(before: str, bad: str, after: str) -> None:
    assert not is_address(f"{before}{bad}{after}")


def test_only_the_employers_own_domains_will_do_where_they_are_named() -> None:
    assert is_of("anna@Example.se", ["example.SE"])
    assert not is_of("anna@example.se.elsewhere.org", ["example.se"])
    assert not is_of("anna@other.example.se", ["example.se"])
    assert is_of("anna@anywhere.org", [])


def test_the_pauses_grow_and_stop_growing() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 30)]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
