"""A protected home, and who is not to know of it: everything that can be asked for is searched for where somebody is.

The case has the secret in every place in which somebody may have written it down. Whoever sees the case and is not in
the circle of the protected asks for every page and every operation; so does whoever has a conflict of interest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from app.audit_labels import AUDIT_LABELS
from app.security import OPEN_ROUTES
from processes.actions.access import declare_recusal, open_in_emergency
from processes.actions.calendars import make_feed
from processes.actions.corrections import note_correction
from processes.actions.events import record_event
from processes.actions.retention import place_hold
from processes.models import Case, Consent, Dwelling, Letter, ReadEntry, Task
from processes.models.seen import CONTENT, TELLS_OF_NOBODY
from processes.queries.people import get_caseworker_named
from processes.queries.tables_of_case import tables_of_case
from tests.app.calling import connect
from tests.app.conftest import Site

HOME = "Gömslegatan 4711"
NUMBER = "19800229-4711"
NAME = "Sigrid Påhittad-Sentinell"
A_BOX = "contacts-0-who"
"""A box of the task's form."""
SECRETS = (HOME, NUMBER, NUMBER.replace("-", ""))
OUTSIDE = ("bosse", "siv")
"""They see the case and are not in the circle: Anna answers for it."""


@dataclass
class Hideout:
    """The case of the protected person, and what hangs on it."""

    site: Site
    case_id: int
    person_id: int
    task_id: int
    letter_ids: list[int]

    @property
    def number(self) -> str:
        """What the case is called."""
        return f"KVB 2026-{self.case_id:06d}"

    def addresses(self) -> Iterator[str]:
        """Every page that can be asked for about this case."""
        values: dict[str, list[Any]] = {
            "case_id": [self.case_id],
            "task_id": [self.task_id],
            "person_id": [self.person_id],
            "letter_id": self.letter_ids,
            "name": ["anteckning", "kontaktforsok.gjort"],
            "kind": ["A"],
            "key": ["underrattelse"],
            "part": ["underrattelse"],
        }
        for rule in self.site.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint in ("static", "texts.choose"):
                continue
            names = re.findall(r"<(?:[^:<>]+:)?(\w+)>", rule.rule)
            for number in range(max((len(values.get(name, [1])) for name in names), default=1)):
                path = rule.rule
                for name in names:
                    choices = values.get(name, [1])
                    path = re.sub(rf"<(?:[^:<>]+:)?{name}>", str(choices[number % len(choices)]), path)
                yield path


@pytest.fixture
def hideout(site: Site) -> Hideout:
    """A case in which the secret stands in every place that somebody can write in."""
    case_id = site.register(persons=[{"name": NAME, "role": "contract_holder"}])  # type: ignore[arg-type]
    with site.runtime.transaction() as work:
        session = work.session
        anna, siv = (get_caseworker_named(session, name) for name in ("anna", "siv"))
        case = session.get_one(Case, case_id)
        case.responsible_id = anna.id
        [person] = case.persons
        person.protection, person.id_number, person.own_address = "protected_registration", NUMBER, HOME
        session.get_one(Dwelling, case.dwelling_id).address = HOME
        person_id = person.id
        said = f"Bor på {HOME}, {NUMBER}."
        letters = [
            Letter(
                case_id=case_id, kind="informationsbrev", recipient_kind="contract_holders",
                recipient_id=person_id, recipient_name=person.name, address=HOME, text=said,
                written_at=work.now, **more,
            )
            for more in (
                {},
                {"template": "{{ mottagare }}\n{{ adress }}\n\n{{ datum }}\n\n# R\n\n{{ egna_ord }}",
                 "words": {"mottagare": person.name, "adress": HOME, "datum": "i dag", "egna_ord": said}},
            )
        ]  # fmt: skip
        session.add_all(letters)
        session.flush()
        event = record_event(
            work, case_id=case_id, name="anteckning", payload={"text": said}, caseworker=anna
        )
        contact = {"person": person_id, "channel": "phone", "outcome": "no_answer", "note": said}
        record_event(work, case_id=case_id, name="kontaktforsok.gjort", payload=contact, caseworker=anna)
        note_correction(
            work, case_id=case_id, caseworker=siv, kind="correction", about=("event", event.id),
            text=said, reason=said,
        )  # fmt: skip
        place_hold(work, case_id=case_id, caseworker=siv, reason=said)
        session.add(
            Consent(
                case_id=case_id, giver_id=person_id, recipient="landlord", recipient_name=said, purposes=["rent"],
                scopes=["rent"], direction="give", form="oral", given_at=work.now, interpreter=said,
                informed_voluntary=True, informed_how_to_revoke=True,
            )
        )  # fmt: skip
        letter_ids = [one.id for one in letters]
        eva = get_caseworker_named(session, "eva")
        declare_recusal(work, case_id=case_id, caseworker=siv, person=eva, reason=said)
    return Hideout(site, case_id, person_id, site.task(case_id, "kontakta_hyresvard"), letter_ids)


def said_in(answer: Any) -> str:
    """Everything that has reached the browser: the page and its head, with the address that it leads on to."""
    return str(answer.get_data().decode(errors="replace")) + str(answer.headers)


def must_hide(text: str, where: object) -> None:
    assert [secret for secret in SECRETS if secret in text] == [], where


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_page_tells_who_is_outside_the_circle_where_the_protected_is(hideout: Hideout, who: str) -> None:
    browser = hideout.site.browser(who)
    for path in hideout.addresses():
        must_hide(said_in(browser.get(path)), path)


def test_the_circle_itself_is_told(hideout: Hideout) -> None:
    page = hideout.site.browser("anna").page(f"/arenden/{hideout.case_id}")
    assert [secret in page for secret in (HOME, NUMBER)] == [True, True]


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_letter_is_printed_for_who_is_outside_the_circle(hideout: Hideout, who: str) -> None:
    browser = hideout.site.browser(who)
    letters = f"/arenden/{hideout.case_id}/brev"
    answers = [browser.get(f"{letters}/{letter_id}/pdf").status_code for letter_id in hideout.letter_ids]
    assert answers == [403, 403]


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_other_system_learns_in_the_name_of_who_is_outside_the_circle(hideout: Hideout, who: str) -> None:
    system = connect(hideout.site, acts_as=who, by_force=True)
    case = f"/cases/{hideout.case_id}"
    for path in (case, f"{case}/events", f"{case}/consents", f"{case}/deadlines", "/cases", "/tasks"):
        answer = system.get(path)
        assert answer.status_code == 200, path
        must_hide(said_in(answer), path)
    must_hide(said_in(system.get(f"/tasks/{hideout.task_id}")), "the task")


def test_a_draft_from_inside_the_circle_is_not_offered_outside_it(hideout: Hideout) -> None:
    site, path = hideout.site, f"/uppgifter/{hideout.task_id}"
    anna = site.browser("anna")
    anna.post(f"{path}/ta")
    anna.post(f"{path}/utkast", **{A_BOX: f"Hon bor på {HOME.lower()}."})
    anna.post(f"{path}/fordela", to=site.people()["Bosse Grahn"])
    page = site.browser("bosse").page(f"{path}?utkast=1")
    assert HOME.lower() not in page
    assert "lämnade ett utkast" not in page
    with site.runtime.transaction() as work:
        bosse = get_caseworker_named(work.session, "bosse")
        work.session.get_one(Case, hideout.case_id).responsible_id = bosse.id
    assert HOME.lower() in site.browser("bosse").page(f"{path}?utkast=1")


def test_the_file_of_a_protected_person_is_not_handed_out_from_outside_the_circle(hideout: Hideout) -> None:
    path = f"/arenden/{hideout.case_id}/personer/{hideout.person_id}/utlamnande"
    vouched = {"is_reviewed": "1", "identity_checked": "1", "till": "self"}
    for kind in ("pdf", "json"):
        answer = hideout.site.browser("siv").post(path, format=kind, **vouched)
        assert answer.status_code == 409
        must_hide(said_in(answer), kind)


def recuse(hideout: Hideout, who: str) -> None:
    with hideout.site.runtime.transaction() as work:
        person = get_caseworker_named(work.session, who)
        why = "Är granne med henne."
        declare_recusal(work, case_id=hideout.case_id, caseworker=person, person=person, reason=why)


@pytest.mark.parametrize("who", ["bosse", "siv", "maria"])
def test_who_has_a_conflict_of_interest_meets_the_case_nowhere(hideout: Hideout, who: str) -> None:
    recuse(hideout, who)
    browser = hideout.site.browser(who)
    for path in [*hideout.addresses(), f"/arenden?sok={hideout.case_id}", "/inkorg?vy=alla&text=KVB"]:
        text = said_in(browser.get(path))
        must_hide(text, path)
        assert hideout.number not in text, path


@pytest.mark.parametrize(("who", "unit"), [("bosse", "vuxen"), ("siv", "samordning")])
def test_a_calendar_calls_off_what_its_person_may_see_no_more(hideout: Hideout, who: str, unit: str) -> None:
    site = hideout.site
    with site.runtime.transaction() as work:
        person = get_caseworker_named(work.session, who)
        token = make_feed(work, caseworker=person, unit=unit, with_tasks=True)
    told = site.visitor().page(f"/kalender/{token}.ics")
    must_hide(told, "the calendar")
    assert hideout.number in told
    recuse(hideout, who)
    after = site.visitor().page(f"/kalender/{token}.ics")
    assert after.count("BEGIN:VEVENT") == after.count("STATUS:CANCELLED")


def test_another_administration_meets_the_case_nowhere(hideout: Hideout) -> None:
    browser = hideout.site.browser("disa")
    for path in [*hideout.addresses(), f"/arenden?sok={hideout.case_id}"]:
        text = said_in(browser.get(path))
        must_hide(text, path)
        assert hideout.number not in text, path


def test_nothing_that_is_written_to_the_program_log_names_anybody(
    hideout: Hideout, caplog: pytest.LogCaptureFixture
) -> None:
    site = hideout.site
    with caplog.at_level("DEBUG"):
        browser = site.browser("anna")
        for path in hideout.addresses():
            browser.get(path)
        browser.post(f"/arenden/{hideout.case_id}/handelser/anteckning", text=f"{NAME}, {HOME}")
        browser.post(f"/arenden/{hideout.case_id}/handelser/kontaktforsok.gjort", note=NAME, person="x")
        connect(site, acts_as="anna", by_force=True).post("/notices/A", {"address": HOME, "persons": NAME})
    must_hide(caplog.text, "the log")
    assert NAME not in caplog.text


def test_a_crash_does_not_write_the_address_of_a_calendar_to_the_log(
    hideout: Hideout, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr("app.calendars.get_open_feed", crash)
    answer = hideout.site.visitor().get("/kalender/the-secret-of-a-calendar.ics")
    assert answer.status_code == 500
    assert "the database is away" in caplog.text
    assert "the-secret-of-a-calendar" not in caplog.text


def test_the_figures_and_the_health_of_the_system_tell_of_no_case(hideout: Hideout) -> None:
    visitor = hideout.site.visitor()
    for path in ("/health", "/health/ready", "/health/time", "/metrics"):
        text = said_in(visitor.get(path))
        must_hide(text, path)
        assert "KVB" not in text, path


def test_every_table_of_a_case_is_either_logged_when_it_is_read_or_said_to_tell_of_nobody() -> None:
    logged = {model.__tablename__ for model in CONTENT} | {Task.__tablename__}
    tables = {table.name for table in tables_of_case()} | {Dwelling.__tablename__}
    assert logged | {Dwelling.__tablename__} | TELLS_OF_NOBODY.keys() >= tables
    assert not logged & TELLS_OF_NOBODY.keys()
    assert tables >= TELLS_OF_NOBODY.keys()


def test_the_reasons_of_an_emergency_are_content_and_who_reviews_them_leaves_a_row(hideout: Hideout) -> None:
    site = hideout.site
    with site.runtime.transaction() as work:
        ebba = get_caseworker_named(work.session, "ebba")
        open_in_emergency(work, case_id=hideout.case_id, caseworker=ebba, reason="Hon är hotad just nu.")
    answer = site.browser("maria").get("/nodatkomst")
    assert "Hon är hotad just nu." in answer.text
    with site.runtime.reading() as work:
        rows = work.session.scalars(
            select(ReadEntry).where(ReadEntry.request_id == answer.headers["X-Request-ID"])
        )
        assert [(row.what, row.case_id) for row in rows] == [("access.to_review", hideout.case_id)]


def test_every_page_and_operation_about_a_case_has_its_word_in_the_read_log(site: Site) -> None:
    about_cases = {
        rule.endpoint
        for rule in site.app.url_map.iter_rules()
        if {"case_id", "task_id"} & rule.arguments and rule.endpoint not in OPEN_ROUTES
    }
    assert about_cases <= AUDIT_LABELS["read"].keys()
