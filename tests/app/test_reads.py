"""Nobody is shown anything of a case without a row in the read log, whatever page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Response
from sqlalchemy import Executable, exists, func, select, text
from werkzeug.test import TestResponse

from app.audit_labels import AUDIT_LABELS
from app.security import OPEN_ROUTES
from app.web import running_system
from processes.actions.absences import report_absence
from processes.actions.access import open_in_emergency
from processes.actions.events import record_event
from processes.clock import swedish_day
from processes.errors import AnswersRefused, CaseChangedMeanwhile, GateClosed
from processes.models import Case, Dwelling, Event, Person, ReadEntry
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Browser, Site

NAME, ADDRESS, NOTE = "Sigrid Påhittad-Sentinell", "Sentinellgatan 4711", "En anteckning om sentinellen."
CONTENT = (NAME, ADDRESS, NOTE)
READERS = ("anna", "siv", "maria", "karim", "eva", "per", "gun", "stig", "disa")


@pytest.fixture
def case_id(site: Site) -> int:
    """A case whose name, address and note are found nowhere else."""
    persons = [{"name": NAME, "role": "contract_holder", "protection": "none"}]
    case_id = site.register(address=ADDRESS, persons=persons)  # type: ignore[arg-type]
    note(site, case_id)
    return case_id


def note(site: Site, case_id: int) -> None:
    said = {"person": 1, "channel": "phone", "outcome": "reached", "note": NOTE}
    with site.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        record_event(work, case_id=case_id, name="kontaktforsok.gjort", payload=said, caseworker=siv)


def rows(site: Site, answer: TestResponse | None = None) -> list[ReadEntry]:
    """The log's rows, all or those of one answer."""
    with site.runtime.reading() as work:
        found = select(ReadEntry).order_by(ReadEntry.id)
        if answer is not None:
            found = found.where(ReadEntry.request_id == answer.headers["X-Request-ID"])
        entries = list(work.session.scalars(found))
        work.session.expunge_all()
        return entries


def addresses(site: Site, case_id: int) -> Iterator[str]:
    """Every page of the application that can be asked for, with this case wherever a case, task or person is named."""
    values = {
        "case_id": case_id,
        "name": "kontaktforsok.gjort",
        "kind": "A",
        "key": "underrattelse",
        "part": "x",
    }
    for rule in site.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values.get(found[1], 1)), rule.rule)


def test_every_page_that_shows_a_case_leaves_a_row(site: Site, case_id: int) -> None:
    showing: set[str] = set()
    for username in READERS:
        browser = site.browser(username)
        for address in addresses(site, case_id):
            answer = browser.get(address)
            if any(content in answer.text for content in CONTENT):
                showing.add(address)
                assert [row.case_id for row in rows(site, answer)] == [case_id], (username, address)
    assert {f"/arenden/{case_id}", "/uppgifter/1"} <= showing


def test_no_page_fetches_what_cannot_be_traced_to_a_case_and_each_has_its_word(
    site: Site, case_id: int
) -> None:
    for username in ("anna", "gun"):
        browser = site.browser(username)
        for address in addresses(site, case_id):
            browser.get(address)
    assert {row.what for row in rows(site)} <= AUDIT_LABELS["read"].keys()


def test_a_row_says_who_when_which_case_whose_and_by_what_right(site: Site, case_id: int) -> None:
    answer = site.browser("siv").get(f"/arenden/{case_id}")
    [row] = rows(site, answer)
    assert (row.what, row.case_id, row.persons, row.basis) == ("cases.show", case_id, [1], "unit_task")
    assert row.at == site.clock.now()
    assert row.task_id == 1


def test_reading_for_ones_own_task_says_which(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    siv.post("/uppgifter/1/ta")
    [row] = rows(site, siv.get("/uppgifter/1"))
    assert (row.basis, row.task_id, row.what) == ("own_task", 1, "tasks.show")


def test_a_case_that_was_found_by_a_search_says_so_in_the_log(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    hit = siv.get(f"/arenden?sok={case_id}").headers["Location"]
    [found] = rows(site, siv.get(hit))
    [opened] = rows(site, siv.get(f"/arenden/{case_id}"))
    assert (found.what, found.purpose) == ("cases.show", "Träff i en sökning")
    assert opened.purpose == ""
    site.register(apartment="1102")
    listed = re.findall(r'href="(/arenden/\d+[^"]*)"', siv.page("/arenden?sok=KVB"))
    assert len(listed) == 2
    assert all(address.endswith("?via=sok") for address in listed)


def test_who_reads_for_an_absent_colleague_is_logged_with_whom(site: Site, case_id: int) -> None:
    with site.runtime.transaction() as work:
        bosse, anna = (get_caseworker_named(work.session, name) for name in ("bosse", "anna"))
        work.session.get_one(Case, case_id).responsible_id = anna.id
        days = {"starts_on": swedish_day(work.now), "ends_on": swedish_day(work.now)}
        report_absence(work, caseworker=anna, absent=anna, substitute=bosse, **days)
        absent = anna.id
    [row] = rows(site, site.browser("bosse").get(f"/arenden/{case_id}"))
    assert (row.basis, row.on_behalf_of_id) == ("stand_in", absent)
    page = site.browser("gun").page("/granskning")
    assert "Ersätter en frånvarande" in page
    assert "för Anna Lindqvist" in page


def test_an_address_alone_is_content_and_leaves_a_row_too(site: Site, case_id: int) -> None:
    def view() -> str:
        with running_system().reading() as work:
            return work.session.scalars(select(Dwelling)).one().address

    answer = forgetful(site, view).get("/glomsk")
    assert answer.text == ADDRESS
    assert [(row.what, row.case_id) for row in rows(site, answer)] == [("forgetful", case_id)]


def test_an_address_that_is_fetched_without_its_home_cannot_be_traced(site: Site, case_id: int) -> None:
    def view() -> str:
        with running_system().reading() as work:
            return work.session.scalars(select(Dwelling.address)).one()

    answer = forgetful(site, view).get("/glomsk")
    assert [(row.what, row.case_id) for row in rows(site, answer)] == [("untraced:forgetful", None)]


def test_a_list_of_cases_fetches_no_address(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    for path in ("/arenden", "/inkorg?vy=alla"):
        assert rows(site, siv.get(path)) == []


def test_what_a_gate_and_a_form_say_of_people_stands_in_no_log_line() -> None:
    said = "F-01 Påhittad har inte samtyckt."
    for refusal in (GateClosed("Utlämnande", said, "Fråga."), AnswersRefused({"person": said})):
        assert said not in str(refusal)
        assert said not in repr(refusal)
        assert said in refusal.in_full


def test_reading_in_an_emergency_says_so_and_not_what_was_the_matter(site: Site, case_id: int) -> None:
    with site.runtime.transaction() as work:
        eva = get_caseworker_named(work.session, "eva")
        open_in_emergency(work, case_id=case_id, caseworker=eva, reason="Hyran måste betalas i dag.")
    [row] = rows(site, site.browser("eva").get(f"/arenden/{case_id}"))
    assert (row.basis, row.purpose) == ("emergency", "")


def test_a_form_that_is_shown_again_after_a_mistake_is_a_read_too(site: Site, case_id: int) -> None:
    answer = site.browser("siv").post(f"/arenden/{case_id}/handelser/kontaktforsok.gjort", channel="x")
    assert answer.status_code == 400
    assert [row.what for row in rows(site, answer)] == ["cases.record"]


def test_an_answer_that_only_leads_on_is_no_read(site: Site, case_id: int) -> None:
    answer = site.browser("siv").post("/uppgifter/1/ta")
    assert answer.status_code == 302
    assert rows(site, answer) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/arenden/1/handelser//ratta", "/arenden/1/handelser/ratta"),
        ("/arenden//1", "/arenden/1"),
        ("/underrattelser/import", "/underrattelser/import/"),
    ],
)
def test_an_address_with_a_stroke_too_many_or_too_few_leads_to_the_right_one(
    site: Site, case_id: int, typed: str, meant: str
) -> None:
    answer = site.browser("siv").get(typed)
    assert (answer.status_code, answer.headers["Location"]) == (308, f"http://localhost{meant}")


def test_lists_without_content_are_not_logged(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    for address in ("/inkorg", "/inkorg?vy=alla", "/processer"):
        assert rows(site, siv.get(address)) == []


def test_an_attempt_that_was_refused_is_logged_as_such(site: Site, case_id: int) -> None:
    answer = site.browser("disa").get(f"/arenden/{case_id}")
    assert answer.status_code == 404
    [row] = rows(site, answer)
    assert (row.basis, row.administration_key, row.persons) == ("refused", "sydvast", [])


def test_what_cannot_be_logged_is_not_shown(
    site: Site, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_held(*_: object, **__: object) -> None:
        raise CaseChangedMeanwhile("the log is held by another")

    siv = site.browser("siv")
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("app.reads.write_read", is_held)
    answer = siv.get(f"/arenden/{case_id}")
    assert answer.status_code == 500
    assert NAME not in answer.text
    assert rows(site) == []


def forgetful(site: Site, view: object) -> Browser:
    """Somebody signed in to a site that has one more page, whose builder has not thought of the read log."""
    site.app.add_url_rule("/glomsk", "forgetful", view)  # type: ignore[arg-type]
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    return site.browser("siv")


def test_a_page_that_forgets_the_log_is_logged_all_the_same(site: Site, case_id: int) -> None:
    def view() -> str:
        with running_system().reading() as work:
            return work.session.scalars(select(Person)).one().name

    answer = forgetful(site, view).get("/glomsk")
    assert answer.text == NAME
    assert [(row.what, row.case_id, row.persons) for row in rows(site, answer)] == [
        ("forgetful", case_id, [1])
    ]


def test_a_page_that_fetches_only_a_name_is_logged_without_its_case(site: Site, case_id: int) -> None:
    def view() -> str:
        with running_system().reading() as work:
            return work.session.scalars(select(Person.name)).one()

    answer = forgetful(site, view).get("/glomsk")
    assert [(row.what, row.case_id) for row in rows(site, answer)] == [("untraced:forgetful", None)]


AROUND_THE_ROWS: dict[str, Executable] = {
    "a statement in words": text("select name from persons"),
    "the table itself": select(Person.__table__.c.name),
    "a function": select(func.max(Person.name)),
    "texts put together": select(Person.name + " " + Person.own_address),
    "a question within a question": select(select(Person.name).scalar_subquery()),
    "a list within a question": select(select(Person.name).subquery()),
    "a part of what an event says": select(Event.payload["note"].as_string()).where(
        Event.name == "kontaktforsok.gjort"
    ),
}
"""Ways to fetch words about somebody without the row in which they stand."""


@pytest.mark.parametrize("way", AROUND_THE_ROWS)
def test_there_is_no_way_around_the_rows(site: Site, case_id: int, way: str) -> None:
    def view() -> str:
        with running_system().reading() as work:
            return str(work.session.execute(AROUND_THE_ROWS[way]).scalars().first())

    answer = forgetful(site, view).get("/glomsk")
    assert answer.text.startswith((NAME, NOTE))
    assert [(row.what, row.case_id) for row in rows(site, answer)] == [("untraced:forgetful", None)]


def test_what_is_only_compared_or_counted_is_no_content(site: Site, case_id: int) -> None:
    def view() -> str:
        with running_system().reading() as work:
            named = exists().where(Person.case_id == Case.id, Person.name == NAME)
            return str(work.session.execute(select(Case.id, named, func.count(Person.id))).all())

    assert rows(site, forgetful(site, view).get("/glomsk")) == []


def test_a_page_that_is_made_while_it_is_sent_is_refused(site: Site, case_id: int) -> None:
    answer = forgetful(site, lambda: Response(iter([NAME]))).get("/glomsk")
    assert answer.status_code == 500
    assert NAME not in answer.text


def test_nobody_is_shown_a_case_without_being_signed_in(
    site: Site, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def view() -> str:
        with running_system().reading() as work:
            return work.session.scalars(select(Person)).one().name

    monkeypatch.setattr("app.security.OPEN_ROUTES", OPEN_ROUTES | {"forgetful"})
    site.app.add_url_rule("/glomsk", "forgetful", view)
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = site.visitor().get("/glomsk")
    assert answer.status_code == 500
    assert NAME not in answer.text
