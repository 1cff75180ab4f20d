"""Lets people look at pages about cases, and holds the read log against what they were shown."""

from __future__ import annotations

import re
from html import escape

from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from processes.models import Person, ReadEntry
from processes.queries.people import get_caseworker_named
from tests.any_order.run import STAFF, Run

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
READERS = (*STAFF, "disa", "gun")


def look_at_a_page(run: Run) -> None:
    """A page about a case is opened; what is shown or refused stands in the read log once, with whom it tells of."""
    cases, who = run.case_ids(is_open=False), run.dice.pick(READERS)
    if not cases:
        return
    case_id = run.dice.pick(cases)
    paths = [f"/arenden/{case_id}", f"/arenden/{case_id}/journal", f"/arenden/{case_id}/brev"]
    paths += [f"/uppgifter/{task_id}" for task_id, *_rest in run.open_tasks(case_id)[:3]]
    path = run.dice.pick(paths)
    client = _signed_in(run, who)
    last = _newest(run)
    answer = client.get(path)
    assert answer.status_code in (200, 403, 404), f"{path} answered {answer.status_code} to {who}"
    run.done[f"look: {answer.status_code}"] += 1
    with run.runtime.reading() as work:
        reader = get_caseworker_named(work.session, who)
        found = work.session.scalars(
            select(ReadEntry).where(ReadEntry.id > last).order_by(ReadEntry.id)
        ).all()
        told = [(one.reader_id, one.case_id, one.basis == "refused") for one in found]
        assert told == [(reader.id, case_id, answer.status_code != 200)], f"{path} of {who}: {told}"
        if answer.status_code == 200:
            persons = work.session.scalars(select(Person).where(Person.case_id == case_id)).all()
            named = {one.name for one in persons if escape(one.name) in answer.text}
            logged = {one.name for one in persons if one.id in found[0].persons}
            assert named <= logged, f"{path} names {named - logged}, and the log does not say so"
            if path == paths[0]:
                assert found[0].persons == sorted(one.id for one in persons), f"{path}: {found[0].persons}"


def _newest(run: Run) -> int:
    with run.runtime.reading() as work:
        newest = work.session.scalars(select(ReadEntry.id).order_by(ReadEntry.id.desc()).limit(1)).first()
        return newest or 0


def _signed_in(run: Run, who: str) -> FlaskClient:
    if run.app is None:
        run.app = create_app(run.runtime)
    client = run.app.test_client()
    page = client.get("/logga-in").text
    found = TOKEN.search(page)
    assert found is not None, page
    answer = client.post("/logga-in/demo", data={"csrf_token": found[1], "username": who})
    assert answer.status_code == 302
    return client
