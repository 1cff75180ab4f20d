"""A release that is published for later takes effect on time, once, and the worker knows when to look again."""

from __future__ import annotations

from datetime import timedelta

from processes.actions.releases import release_files
from processes.models import Release
from processes.queries.process_drafts import newest_release, published_files
from tests.city import City
from workers.releases import let_releases_take_effect


def publish_later(city: City, hours: int) -> None:
    with city.runtime.transaction() as work:
        files = published_files(work) | {"mottagning/README.md": b"# Senare\n"}
        later = work.now + timedelta(hours=hours)
        release_files(work, files, origin="workshop", note="Senare.", takes_effect_at=later)
        assert work.due == {"releases": later}


def in_use(city: City) -> Release:
    with city.runtime.reading() as work:
        found = newest_release(work)
        assert found is not None
        work.session.expunge(found)
        return found


def test_a_release_takes_effect_when_its_instant_comes(city: City) -> None:
    publish_later(city, 3)
    due = city.clock.now() + timedelta(hours=3)
    assert let_releases_take_effect(city.runtime, lambda: False) == due
    assert in_use(city).number == 1
    city.clock.move_to(due)
    assert let_releases_take_effect(city.runtime, lambda: False) is None
    assert (in_use(city).number, in_use(city).took_effect_at) == (2, due)


def test_a_worker_that_was_away_lets_it_take_effect_when_it_is_back(city: City) -> None:
    publish_later(city, 3)
    city.clock.advance(timedelta(days=2))
    let_releases_take_effect(city.runtime, lambda: False)
    assert in_use(city).took_effect_at == city.clock.now()


def test_nothing_waits_and_nothing_happens(city: City) -> None:
    assert let_releases_take_effect(city.runtime, lambda: False) is None
    assert in_use(city).number == 1
