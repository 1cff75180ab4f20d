"""A town for the matrix of permissions: its cast, one case per column, and what each member of the cast is to meet.

What is expected is worked out from the table in processes/rules/permissions.py and from who has to do with a case; the
pages are asked, the expectation never is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from processes.actions.demo import CAST, DemoPerson
from processes.actions.people import add_caseworker
from processes.actions.process_drafts import create_draft, save_file
from processes.models import (
    Absence,
    Case,
    Caseworker,
    Dwelling,
    EmergencyAccess,
    Event,
    Finding,
    Letter,
    Notification,
    Person,
    ReadEntry,
    Recusal,
    Task,
)
from processes.queries.process_drafts import saves_of
from processes.rules.permissions import VERBS, may
from processes.rules.units import Role, Unit
from processes.unit_of_work import UnitOfWork
from tests.app.conftest import Browser, Site

EVERYBODY = {person.username: person for person in CAST}
MISSING = 987654
NAMES = {
    "key": "underrattelse",
    "part": "underrattelse",
    "kind": "A",
    "name": "anteckning",
    "what": "pausa",
    "reference": "X",
    "path": "underrattelse/underrattelse.bpmn",
    "number": "1",
    "token": "utgava-1",
    "scenario": "underrattelse/scenarios/prov.yaml",
    "form_name": "ta_stallning",
    "table_name": "bradska",
    "letter_name": "informationsbrev",
}
"""What stands in an address beside numbers."""
SECRET_NUMBER, SECRET_HOME = "19800229-4711", "Gömslegatan 4711"  # fictional; nowhere else in the town


OF_NO_CASE = frozenset({"absence", "colleague"})
"""What belongs to the administration and to no case."""


class Met(StrEnum):
    """What somebody meets who asks for something."""

    IN = "let in"
    """Answered, or refused only for what was or was not filled in."""
    SHUT = "403"
    AS_IF_NOTHING = "as if it did not exist"


@dataclass(frozen=True)
class Place:
    """A column of the matrix: a case, and to whom it belongs."""

    name: str
    unit: Unit = Unit.ADULTS
    administration: str = "hisingen"
    protects: bool = False
    """A person of the case has protected identity, and lives at a secret address."""
    recuses: bool = False
    """Everybody has a conflict of interest."""


PLACES = (
    Place("own unit"),
    Place("other unit", unit=Unit.CHILDREN),
    Place("other administration", administration="sydvast"),
    Place("protected case", protects=True),
    Place("conflict of interest", recuses=True),
)
"""The columns; what is the own unit's and administration's for one of the cast is another's for the next."""


def ask_with_a_cookie(site: Site, who: str) -> FlaskClient:
    """The browser of somebody who has signed in."""
    client = Browser(site.app.test_client()).client
    assert client.post("/logga-in/demo", data={"username": who}).status_code == 302
    return client


@dataclass(frozen=True)
class Whose:
    """What a route is about, and by which verb of the table somebody may use it."""

    about: str
    """nothing, case, task, person, notification, absence, access, recusal or colleague: what the number names."""
    verb: str = ""
    """A name in VERBS; empty = everybody who is signed in."""
    others_verb: str = ""
    """The verb that it takes when the thing is a colleague's."""
    without_need: bool = False
    """Also who has nothing to do with the case is let in, such as to state an emergency."""
    ask: Callable[[Site, str], FlaskClient] = ask_with_a_cookie
    """How somebody of the cast asks: with a cookie for pages; operations bring a way with a key of their own."""
    sends: dict[str, Any] | None = None
    """What an operation is sent as JSON; a page is sent a form."""

    def __post_init__(self) -> None:
        assert {self.verb, self.others_verb} - {""} <= VERBS.keys(), "name a verb of rules/permissions.py"

    @property
    def places(self) -> tuple[Place, ...]:
        """The columns that make a difference to it."""
        if self.about == "nothing":
            return PLACES[:1]
        return tuple(place for place in PLACES if self.about not in OF_NO_CASE or not place.recuses)

    def met_by(self, who: str, place: Place) -> Met:
        """What the member of the cast is to meet there."""
        person = EVERYBODY[who]
        is_own_authority = person.administration == place.administration
        if self.about == "nothing":
            return Met.IN if self._may(person, None) else Met.SHUT
        if not self._may(person, place):
            return Met.SHUT if is_own_authority else Met.AS_IF_NOTHING
        if not is_own_authority:
            return Met.AS_IF_NOTHING
        is_barred = self.about not in OF_NO_CASE and (
            place.recuses or not (self.without_need or self._has_need(person, place))
        )
        return Met.SHUT if is_barred else Met.IN

    def _may(self, person: DemoPerson, place: Place | None) -> bool:
        roles, units = _roles_and_units(person)
        verb = self.verb
        if self.others_verb and place is not None and person.username != owner_in(place):
            verb = self.others_verb
        return not verb or may(verb, roles, units, place.unit if place else None)

    def _has_need(self, person: DemoPerson, place: Place) -> bool:
        """The unit has tasks in the case, or the person answers for every case; a word to a unit is the unit's."""
        roles, units = _roles_and_units(person)
        if self.about == "notification":
            return place.unit in units
        return place.unit in units or may("read_every_case", roles, units)


def _roles_and_units(person: DemoPerson) -> tuple[set[Role], set[Unit]]:
    return {role for _, role in person.memberships}, {unit for unit, _ in person.memberships if unit}


def name_in(place: Place) -> str:
    """What the person of the column's case is called; it stands nowhere else."""
    return f"Sigrid Påhittad-{place.name.title().replace(' ', '-')}"


def owner_in(place: Place) -> str:
    """Whose absence it is that is noted for the column."""
    return "disa" if place.administration == "sydvast" else "anna"


@dataclass
class Ids:
    """One of each thing about the same case."""

    case: int
    task: int
    person: int
    event: int
    notification: int
    absence: int
    access: int
    recusal: int
    letter: int
    finding: int
    caseworker: int
    """Somebody of the administration who has done nothing, and has a conflict of interest in the case."""


@dataclass
class Town:
    """The pages, and a case for each column."""

    site: Site
    ids: dict[str, Ids] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    workshop: dict[str, int] = field(default_factory=dict)
    """A proposal to change the processes, and a save of a file in it."""
    _clients: dict[tuple[str, Callable[[Site, str], FlaskClient]], FlaskClient] = field(default_factory=dict)

    def answer(self, who: str, whose: Whose, method: str, rule: str, ids: Ids | None) -> TestResponse:
        """What somebody of the cast is answered who asks for it."""
        client = self._client(who, whose, rule)
        values: dict[str, object] = {**NAMES}
        for name in re.findall(r"<id:(\w+)_id>", rule):
            values[f"{name}_id"] = self.workshop.get(name) or getattr(ids, name, MISSING)
        path = re.sub(r"<(?:any\([^)]*\)|path):(\w+)>", r"<\1>", rule)
        for name, value in values.items():
            path = path.replace(f"<id:{name}>", str(value)).replace(f"<{name}>", str(value))
        assert "<" not in path, f"say in NAMES what stands in {rule}"
        if method == "GET":
            return client.get(path)
        self.put_back_what_the_last_one_did()
        chosen = self.people[who]
        if whose.sends is not None:
            return client.open(path, method=method, json=whose.sends)
        return client.open(path, method=method, data={"to": chosen, "substitute": chosen})

    def put_back_what_the_last_one_did(self) -> None:
        """What one person of the cast took is not in the way of the next."""
        with self.site.runtime.transaction() as work:
            work.session.execute(update(Task).values(claimed_by_id=None, claimed_at=None))
            work.session.execute(update(Caseworker).values(is_active=True))

    def _client(self, who: str, whose: Whose, rule: str) -> FlaskClient:
        """Signed in anew for what ends or changes a sign-in, else as before."""
        if rule.startswith(("/logga-ut", "/konto")):
            self._clients = {key: client for key, client in self._clients.items() if key[0] != who}
            return self.browser(who, whose).client
        if (who, whose.ask) not in self._clients:
            self._clients[who, whose.ask] = self.browser(who, whose).client
        return self._clients[who, whose.ask]

    def browser(self, who: str, whose: Whose | None = None) -> Browser:
        self.site.clock.advance(timedelta(minutes=2))  # nobody is held back for asking too often
        return Browser((whose or Whose("nothing")).ask(self.site, who))

    def rules(self, endpoint: str) -> list[str]:
        return [rule.rule for rule in self.site.app.url_map.iter_rules() if rule.endpoint == endpoint]

    def was_logged(self, answer: TestResponse, place: Place) -> bool:
        """Whether the read log has a row about this answer and the column's case."""
        with self.site.runtime.reading() as work:
            of_answer = select(ReadEntry.case_id).where(
                ReadEntry.request_id == answer.headers["X-Request-ID"]
            )
            return self.ids[place.name].case in work.session.scalars(of_answer)

    def furnish(self) -> None:
        """A case for each column, with one of everything."""
        for number, place in enumerate(PLACES):
            case_id = self.site.register(apartment=str(1101 + number))
            with self.site.runtime.transaction() as work:
                self.ids[place.name] = _furnish(work, case_id, place)
        with self.site.runtime.transaction() as work:
            self.workshop = _propose(work)
        with self.site.runtime.reading() as work:
            self.people = {person.username: person.id for person in work.session.scalars(select(Caseworker))}


def _propose(work: UnitOfWork) -> dict[str, int]:
    """A proposal of the process owner, with a changed file."""
    owner = work.session.scalars(select(Caseworker).where(Caseworker.username == "per")).one()
    draft = create_draft(work, title="Prov", purpose="", person=owner)
    save_file(
        work,
        draft_id=draft.id,
        path="underrattelse/README.md",
        content=b"# Prov",
        expected_revision=0,
        person=owner,
    )
    save_file(
        work,
        draft_id=draft.id,
        path=NAMES["scenario"],
        content=b"id: prov",
        expected_revision=0,
        person=owner,
    )
    return {"draft": draft.id, "save": saves_of(work, draft)[0].id}


def _furnish(work: UnitOfWork, case_id: int, place: Place) -> Ids:
    """Give the case to the column's unit, with one of everything; then protect it or bar everybody from it."""
    session = work.session
    by_name = {person.username: person.id for person in session.scalars(select(Caseworker))}
    whose = {"administration_key": place.administration}
    session.execute(update(Case).where(Case.id == case_id).values(**whose))
    session.execute(
        update(Task).where(Task.case_id == case_id).values(**whose, unit=str(place.unit), also_unit=None)
    )
    colleague = "disa" if owner_in(place) == "disa" else "bosse"
    notification = Notification(
        case_id=case_id, **whose, unit=str(place.unit), text="Påhittat larm", at=work.now
    )
    absence = Absence(
        caseworker_id=by_name[owner_in(place)],
        substitute_id=by_name[colleague],
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 1, 2),
        told_at=work.now,
        told_by_id=by_name[owner_in(place)],
    )
    access = EmergencyAccess(
        case_id=case_id,
        **whose,
        caseworker_id=by_name["ebba"],
        reason="Påhittad nödsituation",
        opened_at=work.now,
        ends_at=work.now,
    )
    letter = _letter(work, case_id)
    finding = _finding(work, case_id, place)
    session.add_all([notification, absence, access, letter, finding])
    idle = _add_somebody_idle(work, place)
    recusal = _recusal(work, case_id, idle.id)
    session.add(recusal)
    session.execute(update(Person).where(Person.case_id == case_id).values(name=name_in(place)))
    if place.protects:
        _protect(work, case_id)
    if place.recuses:
        session.add_all(_recusal(work, case_id, person_id) for person_id in by_name.values())
    session.flush()
    return Ids(
        case=case_id,
        task=session.scalars(select(func.min(Task.id)).where(Task.case_id == case_id)).one(),
        person=session.scalars(select(func.min(Person.id)).where(Person.case_id == case_id)).one(),
        event=session.scalars(select(func.min(Event.id)).where(Event.case_id == case_id)).one(),
        notification=notification.id,
        absence=absence.id,
        access=access.id,
        recusal=recusal.id,
        letter=letter.id,
        finding=finding.id,
        caseworker=idle.id,
    )


def _add_somebody_idle(work: UnitOfWork, place: Place) -> Caseworker:
    return add_caseworker(
        work,
        username=f"idle in {place.name}",
        name="Ledig Påhittad",
        administration=place.administration,
        memberships=[(Unit.ECONOMIC, Role.CASEWORKER)],
    )


def _protect(work: UnitOfWork, case_id: int) -> None:
    case = work.session.get_one(Case, case_id)
    hidden = {"protection": "protected_registration", "id_number": SECRET_NUMBER, "own_address": SECRET_HOME}
    work.session.execute(update(Person).where(Person.case_id == case_id).values(**hidden))
    work.session.execute(update(Dwelling).where(Dwelling.id == case.dwelling_id).values(address=SECRET_HOME))


def _letter(work: UnitOfWork, case_id: int) -> Letter:
    """A letter that waits to be sent to the person of the case."""
    person = work.session.scalars(select(Person).where(Person.case_id == case_id).order_by(Person.id)).first()
    assert person is not None
    return Letter(
        case_id=case_id,
        kind="informationsbrev",
        recipient_kind="contract_holders",
        recipient_id=person.id,
        recipient_name=person.name,
        template="{{ mottagare }}\n{{ adress }}\n\n{{ datum }}\n\n# Rubrik\n\nHej!",
        text="Hej!",
        written_at=work.now,
    )


def _finding(work: UnitOfWork, case_id: int, place: Place) -> Finding:
    """Nobody has been responsible for the case for long."""
    return Finding(
        check_key="nobody_responsible",
        row_id=case_id,
        case_id=case_id,
        administration_key=place.administration,
        unit=str(place.unit),
        severity=2,
        facts={},
        since=work.now,
        opened_at=work.now,
        last_seen_at=work.now,
    )


def _recusal(work: UnitOfWork, case_id: int, person_id: int) -> Recusal:
    return Recusal(
        case_id=case_id,
        caseworker_id=person_id,
        reason="Påhittat jäv",
        declared_at=work.now,
        declared_by_id=person_id,
    )


def met(answer: TestResponse) -> Met | str:
    """What the answer amounts to."""
    led_away = answer.status_code == 302 and answer.headers["Location"].startswith("/logga-in?")
    if answer.status_code == 403:
        return Met.SHUT
    if answer.status_code == 404:
        return Met.AS_IF_NOTHING
    is_in = answer.status_code in (200, 201, 204, 302, 400, 409, 422) and not led_away
    return Met.IN if is_in else f"{answer.status_code} {answer.headers.get('Location', '')}"
