"""A small city in which every case is in good order: the demo's households and some more, each at another stage."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from processes.actions.demo_scene import Scene
from processes.actions.demo_stories import STORIES
from processes.actions.events import record_event
from processes.models import Case, Caseworker, Letter, Notice, Notification, Task
from processes.queries.people import get_caseworker_named
from processes.unit_of_work import UnitOfWork
from tests.city import City

IN_FIVE_DAYS = timedelta(days=5)


def fill(city: City) -> None:
    """Tell the demo's stories and some of our own, and let the work in all of them be in time and in hand."""
    with city.runtime.transaction() as work:
        for story in STORIES:
            scene = Scene(work)
            story(scene)
            scene.end()
    _more(city)
    _plan_presence(city)
    _tidy(city)


def _more(city: City) -> None:
    """A fresh notice, one of a disturbance, an eviction ten days ahead, and side processes of several kinds."""
    city.register(apartment="2001")
    city.register(apartment="2002", kind="E", amount_due=None, posted_on=None, grounds=["sublet"])
    confirmed = city.register_eviction(apartment="2003")
    watched = city.register(apartment="2004", kind="E", amount_due=None, posted_on=None, grounds=["sublet"])
    with city.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        said = {"kind": "other", "until": "2026-03-20", "text": "Påhittad påminnelse."}
        record_event(work, case_id=watched, name="bevakning.skapad", payload=said, caseworker=siv)
        asked = {"reason": "Påhittat skäl för ett besök."}
        record_event(work, case_id=watched, name="hembesok.begart", payload=asked, caseworker=siv)
    city.complete(
        confirmed,
        "bekrafta_till_kronofogden",
        "anna",
        sent_at="2026-03-02T08:45",
        channel="secure_message",
        caseworker=1,
        caseworker_phone="031-000 00 00",
        content_checked=True,
        copy_handling="one_each",
    )


def _plan_presence(city: City) -> None:
    """Plan who goes to the demo's eviction, which is days away."""
    with city.runtime.reading() as work:
        near = work.session.scalars(
            select(Task.case_id).where(Task.step == "planera_narvaro", Task.claimed_by_id.is_not(None))
        ).one()
    plan = {
        "presence": "attend",
        "participants": ["vuxen", "barn-unga"],
        "meet_at": "2026-03-05T08:30",
        "risk_for_staff": False,
        "suitable_place": "in_progress",
        "suitable_place_plan": "Påhittat boende.",
    }
    city.complete(near, "planera_narvaro", "anna", **plan)


def _tidy(city: City) -> None:
    """Let everybody have begun just now: nothing is late, unanswered or without somebody who answers for it."""
    with city.runtime.transaction() as work:
        session, now = work.session, work.now
        due = now + IN_FIVE_DAYS
        is_open = Task.status == "open"
        for task in session.scalars(select(Task).where(is_open)):
            task.created_at, task.due_at = now, due
            task.blocked_since = now if task.blocked_by else None
        session.execute(update(Letter).values(written_at=now))
        session.execute(update(Notice).values(registered_at=now))
        session.execute(update(Notification).values(seen_at=now))
        for case in session.scalars(select(Case)):
            case.responsible_id = case.responsible_id or _somebody(work, case, "anna", "disa").id
            case.substitute_id = case.substitute_id or _somebody(work, case, "bosse", "disa").id


def _somebody(work: UnitOfWork, case: Case, here: str, there: str) -> Caseworker:
    return get_caseworker_named(work.session, here if case.administration_key == "hisingen" else there)
