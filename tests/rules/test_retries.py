"""What failed is tried again ever more seldom, for about an hour, and then left to a person."""

from __future__ import annotations

from processes.rules.retries import MOST_ATTEMPTS, pause_after


def test_each_pause_is_twice_the_one_before_until_it_is_given_up():
    pauses = [pause_after(attempts) for attempts in range(1, MOST_ATTEMPTS + 1)]
    assert [pause.total_seconds() if pause else None for pause in pauses] == [
        30.0, 60.0, 120.0, 240.0, 480.0, 960.0, 1920.0, None,
    ]  # fmt: skip
