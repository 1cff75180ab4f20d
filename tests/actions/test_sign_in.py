"""Guessing is slowed down more and more, in the database, so that no second web process forgets it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest

from processes.actions.sealing import Seal
from processes.actions.sign_in import count_try, end_all_sessions, forget_tries, start_session
from processes.errors import NotSignedIn, TooManyTries
from processes.models import SignInBrake
from processes.queries.sign_in import get_open_session, open_sessions_of
from processes.rules.sign_in import SessionLimits
from tests.city import City

LIMITS = SessionLimits(idle=timedelta(minutes=30), oldest=timedelta(hours=12))


def wrong(city: City, username: str = "anna", address: str = "192.0.2.1") -> int:
    """A wrong try; answers how many minutes to wait instead, if any."""
    try:
        with city.runtime.transaction() as work:
            count_try(work, username=username, address=address)
    except TooManyTries as refusal:
        return refusal.minutes
    return 0


def test_the_wait_doubles_with_every_wrong_try_and_has_an_end(city: City) -> None:
    assert [wrong(city) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    waits = []
    for _ in range(7):
        city.clock.advance(timedelta(minutes=wrong(city)))
        assert wrong(city) == 0
        waits.append(wrong(city))
    assert waits == [2, 4, 8, 16, 30, 30, 30]


def test_a_wait_in_one_place_does_not_shut_the_person_out_in_another(city: City) -> None:
    for _ in range(6):
        wrong(city)
    assert wrong(city, address="192.0.2.2") == 0


def test_guesses_from_many_places_at_one_name_are_slowed_down_too(city: City) -> None:
    assert not any(wrong(city, address=f"192.0.2.{number}") for number in range(50))
    assert wrong(city, address="192.0.2.99") == 1
    assert wrong(city, username="bosse", address="192.0.2.99") == 0


def test_a_right_try_forgives_the_wrong_ones_before_it(city: City) -> None:
    for _ in range(4):
        wrong(city)
    with city.runtime.transaction() as work:
        forget_tries(work, username="anna", address="192.0.2.1")
    assert [wrong(city) for _ in range(5)] == [0] * 5


def test_what_was_wrong_yesterday_is_forgotten(city: City) -> None:
    for _ in range(5):
        wrong(city)
    city.clock.advance(timedelta(hours=25))
    assert [wrong(city) for _ in range(6)] == [0, 0, 0, 0, 0, 1]


def test_a_session_goes_on_until_it_is_idle_too_old_or_ended(city: City) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        token = start_session(work, caseworker=anna, means="password")
        assert get_open_session(work.session, token, work.now, LIMITS).caseworker is anna
        with pytest.raises(NotSignedIn, match="idle"):
            get_open_session(work.session, token, work.now + timedelta(minutes=30), LIMITS)
        with pytest.raises(NotSignedIn, match="too_old"):
            get_open_session(work.session, token, work.now + timedelta(hours=12), LIMITS)
        assert end_all_sessions(work, caseworker=anna, why="everywhere") == 1
        with pytest.raises(NotSignedIn):
            get_open_session(work.session, token, work.now, LIMITS)
        assert list(open_sessions_of(work.session, anna, work.now, LIMITS)) == []


def test_what_happened_while_the_clock_was_days_ahead_lasts_no_longer_than_else(city: City) -> None:
    idle = timedelta(minutes=30)
    limits, now = SessionLimits(idle=idle, oldest=timedelta(hours=12)), city.clock.now()
    ahead = now + timedelta(days=3)
    assert limits.why_over(ahead, ahead, now) == "idle"
    assert limits.why_over(now, now + timedelta(minutes=2), now) is None, (
        "a clock may be set right by a little"
    )
    with city.runtime.transaction() as work:
        key = sha256(b"name\0anna").hexdigest()
        work.session.add(SignInBrake(key=key, tries=60, last_at=ahead, until=ahead))
        work.session.flush()
        count_try(work, username="anna", address="10.0.0.1")


def test_what_is_sealed_opens_with_the_same_key_only() -> None:
    sealed = Seal("k" * 32).close("hemligt")
    assert "hemligt" not in sealed
    assert Seal("k" * 32).open(sealed) == "hemligt"
    assert Seal("n" * 32).open(sealed) is None
