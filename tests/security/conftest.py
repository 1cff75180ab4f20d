"""What the attacks need: pages with a hostile case in them, and a second of the processor's time for each refusal."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

import pytest

from tests.app.conftest import closed_site, site, site_template
from tests.city import arrears_notice

__all__ = ["closed_site", "site", "site_template"]


class TooSlow(BaseException):
    """The refusal took more than a second of the processor's time; not an Exception, so that no attack swallows it."""


@contextmanager
def within_a_second() -> Iterator[None]:
    """The block may use one second of the processor, however busy the machine is: an attack must not keep it longer.

    The operating system counts the time that this process works, not the time that passes, and interrupts it.
    """

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow("the attack kept the processor for more than a second")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)


@pytest.fixture
def a_second() -> AbstractContextManager[None]:
    """One second of the processor's time for the attack; wraps nothing but the attack itself."""
    return within_a_second()


HOSTILE = "\"><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7*7 }}'"
"""Breaks out of an attribute and of a text, if anything lets it."""


@pytest.fixture
def hostile_notice() -> dict[str, object]:
    """A notice in which every text that a person types is an attack."""
    return arrears_notice() | {
        "landlord_name": HOSTILE,
        "address": HOSTILE,
        "apartment": HOSTILE[:20],
        "persons": [{"name": HOSTILE, "role": "contract_holder", "protection": "none"}],
    }
