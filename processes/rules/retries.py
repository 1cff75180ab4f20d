"""How long to wait before something that failed is tried again, and when to leave it to a person."""

from __future__ import annotations

from datetime import timedelta

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 8
"""With pauses that double, a person is asked after about an hour."""


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts; None when it is time to give up.

    Each pause is twice as long as the one before: an outage of a minute costs a minute, and what is broken for good
    takes no time from the rest.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    doublings: int = 2 ** (attempts - 1)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)
