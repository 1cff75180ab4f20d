"""What the attacks need: pages with a hostile case in them, and a second of the processor's time for each refusal."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from types import FrameType

import pytest
from sqlalchemy import select

from app import create_app
from processes.actions.events import record_event
from processes.actions.notices import register_notice
from processes.models import Administration, Caseworker, Person
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Site, closed_site, site, site_template
from tests.architecture.conftest import Module, read_modules, root
from tests.city import City, arrears_notice

__all__ = ["closed_site", "root", "site", "site_template"]


@pytest.fixture(scope="session")
def modules() -> tuple[Module, ...]:
    """Every Python module of the product; what measures it answers nobody and takes only an empty database."""
    return tuple(module for module in read_modules() if not module.is_measuring)


class TooSlow(BaseException):
    """The refusal took more than a second of the processor's time; not an Exception, so that no attack swallows it."""


@contextmanager
def within_a_second() -> Iterator[None]:
    """The block may use one second of the processor, however busy the machine is: an attack must not keep it longer.

    The operating system counts the time that this process works, not the time that passes, and interrupts it. Looking
    through all that thousands of tests have left in memory is not the attack's work, and waits until it is over.
    """

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow("the attack kept the processor for more than a second")

    before = signal.signal(signal.SIGPROF, give_up)
    gc.disable()
    signal.setitimer(signal.ITIMER_PROF, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        gc.enable()
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


@pytest.fixture
def hostile_text() -> str:
    """The attack that stands in every text of the hostile case."""
    return HOSTILE


@pytest.fixture
def open_site(city: City) -> Site:
    """The pages on the real diagrams, on each database, without a brake."""
    city.runtime.settings = replace(city.runtime.settings, demo=True, posts_per_minute=1_000_000)
    return Site(create_app(city.runtime), city.runtime, city.clock)


@pytest.fixture
def hostile_site(open_site: Site, hostile_notice: dict[str, object]) -> Site:
    """Pages in which every text that somebody can type, and every name of staff, is an attack."""
    with open_site.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        case_id = register_notice(work, caseworker=siv, answers=hostile_notice).case_id
        person = work.session.scalars(select(Person.id).where(Person.case_id == case_id)).one()
        told = {"person": person, "channel": "phone", "outcome": "no_answer", "note": HOSTILE}
        record_event(work, case_id=case_id, name="kontaktforsok.gjort", payload=told, caseworker=siv)
        for one in work.session.scalars(select(Caseworker)):
            one.name, one.phone = one.name + HOSTILE, HOSTILE
        for administration in work.session.scalars(select(Administration)):
            administration.name += HOSTILE
    return open_site
