"""Every route, met by everybody in the cast, about what is theirs, another administration's, or barred to them.

The table below is the expectation. A route that is not in it fails, so that nobody adds a page without saying whose
it is. What is another administration's answers exactly as what does not exist.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from app import create_app
from app.security import OPEN_ROUTES
from processes.actions.demo import CAST
from processes.clock import ManualClock
from processes.models import (
    Absence,
    Case,
    Caseworker,
    EmergencyAccess,
    Notification,
    Person,
    Recusal,
    Task,
)
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork
from tests.app.conftest import Browser, Site, _settings
from tests.conftest import A_MONDAY_MORNING

ALL = frozenset(person.username for person in CAST)
ADULTS, COORDINATION, HEAD = {"anna", "bosse", "disa"}, {"siv"}, {"maria"}
CASE_STAFF = ALL - {"per", "gun", "stig"}
INTAKE = ADULTS | COORDINATION | HEAD
AUDITORS = {"gun"}


@dataclass(frozen=True)
class Whose:
    """What a route is about, and who of its own administration may use it there."""

    about: str
    """nothing, case, task, person, notification, absence or access: what the number in the address names."""
    allowed: frozenset[str] | set[str]


A_CASE = Whose("case", INTAKE)
"""The case has had tasks of Vuxenenheten only; coordination and the head of unit answer for every case."""
ONLY_BY_EMERGENCY = Whose("case", CASE_STAFF)
A_TASK = Whose("task", ADULTS | HEAD)
EVERYBODY = Whose("nothing", ALL)
AUDIT = Whose("nothing", AUDITORS)

MATRIX: dict[tuple[str, str], Whose] = {
    ("absences.end", "POST"): Whose("absence", {"anna", "siv", "maria", "disa"}),
    ("absences.report", "POST"): Whose("nothing", CASE_STAFF),
    ("absences.show", "GET"): Whose("nothing", CASE_STAFF),
    ("access.emergency", "GET"): ONLY_BY_EMERGENCY,
    ("access.open_case", "POST"): ONLY_BY_EMERGENCY,
    ("access.recusal", "GET"): A_CASE,
    ("access.recuse", "POST"): A_CASE,
    ("access.review", "POST"): Whose("access", HEAD),
    ("access.to_review", "GET"): Whose("nothing", HEAD),
    ("audit.all_samples", "GET"): AUDIT,
    ("audit.ask_for_extract", "GET"): AUDIT,
    ("audit.draw", "POST"): AUDIT,
    ("audit.extract", "POST"): AUDIT,
    ("audit.review", "POST"): AUDIT,
    ("audit.sample", "GET"): AUDIT,
    ("audit.show", "GET"): AUDIT,
    ("audit.striking", "GET"): AUDIT,
    ("cases.all_cases", "GET"): Whose("nothing", CASE_STAFF),
    ("cases.event", "GET"): A_CASE,
    ("cases.record", "POST"): A_CASE,
    ("cases.show", "GET"): A_CASE,
    ("diagrams.all_processes", "GET"): EVERYBODY,
    ("diagrams.drawing", "GET"): EVERYBODY,
    ("diagrams.show", "GET"): EVERYBODY,
    ("inbox.acknowledge", "POST"): Whose("notification", ADULTS),
    ("inbox.home", "GET"): EVERYBODY,
    ("inbox.show", "GET"): EVERYBODY,
    ("notices.choose", "GET"): Whose("nothing", INTAKE),
    ("notices.new", "GET"): Whose("nothing", INTAKE),
    ("notices.register", "POST"): Whose("nothing", INTAKE),
    ("persons.show", "GET"): Whose("person", INTAKE),
    ("sign_in.account", "GET"): EVERYBODY,
    ("sign_in.begin_codes", "POST"): EVERYBODY,
    ("sign_in.change_password", "POST"): EVERYBODY,
    ("sign_in.codes", "GET"): EVERYBODY,
    ("sign_in.confirm_codes", "POST"): EVERYBODY,
    ("sign_in.leave", "POST"): EVERYBODY,
    ("sign_in.leave_everywhere", "POST"): EVERYBODY,
    ("sign_in.password", "GET"): EVERYBODY,
    ("sign_in.stop_codes", "POST"): EVERYBODY,
    ("tasks.assign", "POST"): A_TASK,
    ("tasks.claim", "POST"): A_TASK,
    ("tasks.complete", "POST"): A_TASK,
    ("tasks.release", "POST"): A_TASK,
    ("tasks.show", "GET"): A_TASK,
}
"""Every route that asks who one is."""

NAMES = {"key": "underrattelse", "part": "underrattelse", "kind": "A", "name": "anteckning"}
"""What stands in an address beside numbers."""
MISSING = 987654


@dataclass
class Ids:
    """One of each thing about the same case."""

    case: int
    task: int
    person: int
    notification: int
    absence: int
    access: int


@dataclass
class Town:
    """The pages, and three cases: the own, another administration's, and one from which all are barred."""

    site: Site
    ids: dict[str, Ids] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def answer(self, who: str, endpoint: str, method: str, rule: str, ids: Ids | None) -> TestResponse:
        """What the person is answered who signs in anew and asks for it."""
        browser = self.browser(who)
        values: dict[str, object] = {**NAMES}
        for name in ("case", "task", "person", "notification", "absence", "access", "sample", "read"):
            values[f"{name}_id"] = getattr(ids, name, MISSING)
        path = rule
        for name, value in values.items():
            path = path.replace(f"<id:{name}>", str(value)).replace(f"<{name}>", str(value))
        assert "<" not in path, f"say in NAMES what stands in {rule}"
        if method == "GET":
            return browser.client.get(path)
        self.let_go_of_all_tasks()
        chosen = self.people[who]
        return browser.client.post(path, data={"to": chosen, "substitute": chosen})

    def let_go_of_all_tasks(self) -> None:
        """What one person of the cast took is not in the way of the next."""
        with self.site.runtime.transaction() as work:
            work.session.execute(update(Task).values(claimed_by_id=None, claimed_at=None))

    def browser(self, who: str) -> Browser:
        self.site.clock.advance(timedelta(minutes=2))  # nobody is held back for asking too often
        browser = self.site.visitor()
        assert browser.client.post("/logga-in/demo", data={"username": who}).status_code == 302
        return browser

    def rules(self, endpoint: str) -> list[str]:
        return [rule.rule for rule in self.site.app.url_map.iter_rules() if rule.endpoint == endpoint]


@pytest.fixture(scope="module")
def town(site_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A demo with its cast and three cases of Vuxenenheten."""
    file = tmp_path_factory.mktemp("matrix") / "site.db"
    shutil.copyfile(site_template, file)
    clock = ManualClock(A_MONDAY_MORNING)
    runtime = Runtime.open(_settings(file), clock=clock)
    app = create_app(runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    town = Town(Site(app, runtime, clock))
    for place, home in (("own", "1101"), ("other", "1102"), ("recused", "1103")):
        case_id = town.site.register(apartment=home)
        with runtime.transaction() as work:
            town.ids[place] = _furnish(work, case_id, place)
    with runtime.reading() as work:
        town.people = {person.username: person.id for person in work.session.scalars(select(Caseworker))}
    yield town
    runtime.close()


def _furnish(work: UnitOfWork, case_id: int, place: str) -> Ids:
    """Give the case to Vuxenenheten, and one of everything to it; then move it or bar everybody from it."""
    session = work.session
    by_name = {person.username: person.id for person in session.scalars(select(Caseworker))}
    administration = "sydvast" if place == "other" else "hisingen"
    owner, colleague = ("disa", "disa") if place == "other" else ("anna", "bosse")
    session.execute(update(Case).where(Case.id == case_id).values(administration_key=administration))
    session.execute(
        update(Task)
        .where(Task.case_id == case_id)
        .values(administration_key=administration, unit="vuxen", also_unit=None)
    )
    about = {"case_id": case_id, "administration_key": administration}
    notification = Notification(**about, unit="vuxen", text="Påhittat larm", at=work.now)
    absence = Absence(
        caseworker_id=by_name[owner],
        substitute_id=by_name[colleague],
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 1, 2),
        told_at=work.now,
        told_by_id=by_name[owner],
    )
    access = EmergencyAccess(
        **about,
        caseworker_id=by_name["karim"],
        reason="Påhittad nödsituation",
        opened_at=work.now,
        ends_at=work.now,
    )
    session.add_all([notification, absence, access])
    if place == "recused":
        session.add_all(
            Recusal(
                case_id=case_id,
                caseworker_id=person_id,
                reason="Påhittat jäv",
                declared_at=work.now,
                declared_by_id=person_id,
            )
            for person_id in by_name.values()
        )
    session.flush()
    return Ids(
        case=case_id,
        task=session.scalars(select(func.min(Task.id)).where(Task.case_id == case_id)).one(),
        person=session.scalars(select(func.min(Person.id)).where(Person.case_id == case_id)).one(),
        notification=notification.id,
        absence=absence.id,
        access=access.id,
    )


def was_let_in(answer: TestResponse) -> bool:
    """It was answered, or refused only for what was or was not filled in."""
    assert answer.status_code != 500
    led_away = answer.status_code == 302 and answer.headers["Location"].startswith("/logga-in?")
    return answer.status_code in (200, 302, 400, 409) and not led_away


EACH = sorted(MATRIX)
ABOUT_SOMETHING = [key for key in EACH if MATRIX[key].about != "nothing"]
IN_A_CASE = [key for key in ABOUT_SOMETHING if MATRIX[key].about != "absence"]


def test_every_route_is_in_the_matrix(town: Town) -> None:
    routes = {
        (rule.endpoint, method)
        for rule in town.site.app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if rule.endpoint not in OPEN_ROUTES
    }
    assert routes == set(MATRIX)


@pytest.mark.requirement("R-178")
@pytest.mark.parametrize(("endpoint", "method"), EACH)
def test_only_those_in_the_table_are_let_in(town: Town, endpoint: str, method: str) -> None:
    whose = MATRIX[endpoint, method]
    for rule in town.rules(endpoint):
        for who in sorted(ALL):
            place = "other" if who == "disa" else "own"
            answer = town.answer(who, endpoint, method, rule, town.ids[place])
            needs_a_sample = endpoint in ("audit.sample", "audit.review") and answer.status_code == 404
            if who in whose.allowed:
                assert was_let_in(answer) or needs_a_sample, (who, rule, answer.status_code)
            else:
                assert answer.status_code == 403, (who, rule, answer.status_code)


@pytest.mark.requirement("R-178")
@pytest.mark.parametrize(("endpoint", "method"), ABOUT_SOMETHING)
def test_what_is_another_administrations_is_as_if_it_did_not_exist(
    town: Town, endpoint: str, method: str
) -> None:
    for rule in town.rules(endpoint):
        for who in sorted(ALL):
            place = "own" if who == "disa" else "other"
            theirs = town.answer(who, endpoint, method, rule, town.ids[place])
            nothing = town.answer(who, endpoint, method, rule, None)
            assert theirs.status_code == nothing.status_code, (who, rule)
            assert theirs.status_code in ((404,) if who in MATRIX[endpoint, method].allowed else (403, 404))


@pytest.mark.requirement("R-178")
@pytest.mark.parametrize(("endpoint", "method"), IN_A_CASE)
def test_nobody_with_a_conflict_of_interest_is_let_in(town: Town, endpoint: str, method: str) -> None:
    for rule in town.rules(endpoint):
        for who in sorted(ALL - {"disa"}):
            answer = town.answer(who, endpoint, method, rule, town.ids["recused"])
            assert answer.status_code == 403, (who, rule)


@pytest.mark.parametrize("who", sorted(ALL))
def test_a_list_shows_exactly_the_cases_that_can_be_opened(town: Town, who: str) -> None:
    browser = town.browser(who)
    can_open = {
        ids.case for ids in town.ids.values() if browser.client.get(f"/arenden/{ids.case}").status_code == 200
    }
    lists = [browser.client.get("/inkorg?vy=alla").text]
    cases = browser.client.get("/arenden")
    if who in CASE_STAFF:
        lists.append(cases.text)
    for text in lists:
        shown = {ids.case for ids in town.ids.values() if f'/arenden/{ids.case}"' in text}
        assert shown <= can_open
    if who in CASE_STAFF:
        assert {ids.case for ids in town.ids.values() if f'/arenden/{ids.case}"' in cases.text} == can_open
    else:
        assert cases.status_code == 403


@pytest.mark.parametrize("who", sorted(CASE_STAFF))
def test_no_search_finds_what_cannot_be_opened(town: Town, who: str) -> None:
    browser = town.browser(who)
    for ids in town.ids.values():
        found = browser.client.get(f"/arenden?sok={ids.case}")
        opens = browser.client.get(f"/arenden/{ids.case}").status_code == 200
        assert (found.status_code == 302) is opens
