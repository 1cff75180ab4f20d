"""Every route, met by everybody of the cast, about what is the own unit's, another's, another authority's or protected.

The table says by which verb of processes/rules/permissions.py each route may be used; whom it lets in follows from
there. A route that is not in it fails, so that nobody adds a page or an operation without saying whose it is. What is
another administration's answers exactly as what does not exist.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from app.security import OPEN_ROUTES
from processes.clock import ManualClock
from processes.rules.permissions import VERBS, may
from processes.rules.units import Role
from processes.runtime import Runtime
from tests.app.calling import ask_as_a_landlord, ask_with_a_key, notice_body
from tests.app.conftest import Site, _settings
from tests.app.town import (
    EVERYBODY,
    PLACES,
    SECRET_HOME,
    SECRET_NUMBER,
    Ids,
    Met,
    Place,
    Town,
    Whose,
    met,
    name_in,
)
from tests.conftest import A_MONDAY_MORNING

A_CASE = Whose("case", "read_case")
A_TASK = Whose("task", "see_task")
ANYBODY = Whose("nothing")
AUDIT = Whose("nothing", "read_log")
INTAKE = Whose("nothing", "register_notice")
SUPERVISION = Whose("nothing", "supervise")
WORKSHOP = Whose("nothing", "edit_diagrams")
IN_AN_EMERGENCY = Whose("case", "open_in_emergency", without_need=True)

PAGES: dict[tuple[str, str], Whose] = {
    ("absences.end", "POST"): Whose("absence", "report_absence", others_verb="report_absence_of_others"),
    ("absences.report", "POST"): Whose("nothing", "report_absence"),
    ("absences.show", "GET"): Whose("nothing", "report_absence"),
    ("access.correct", "POST"): Whose("recusal", "correct_recusal"),
    ("access.emergency", "GET"): IN_AN_EMERGENCY,
    ("access.open_case", "POST"): IN_AN_EMERGENCY,
    ("access.recusal", "GET"): Whose("case", "declare_recusal"),
    ("access.recuse", "POST"): Whose("case", "declare_recusal"),
    ("access.review", "POST"): Whose("access", "review_emergency_access"),
    ("access.to_review", "GET"): Whose("nothing", "review_emergency_access"),
    ("api_keys.approve", "POST"): Whose("nothing", "lend_name"),
    ("api_keys.create", "POST"): Whose("nothing", "operate_system"),
    ("api_keys.lent", "GET"): Whose("nothing", "lend_name"),
    ("api_keys.revoke", "POST"): Whose("nothing", "operate_system"),
    ("api_keys.show", "GET"): Whose("nothing", "operate_system"),
    ("audit.all_samples", "GET"): AUDIT,
    ("audit.ask_for_extract", "GET"): AUDIT,
    ("audit.draw", "POST"): AUDIT,
    ("audit.extract", "POST"): AUDIT,
    ("audit.review", "POST"): AUDIT,
    ("audit.sample", "GET"): AUDIT,
    ("audit.show", "GET"): AUDIT,
    ("audit.striking", "GET"): AUDIT,
    ("calendars.addresses", "GET"): Whose("nothing", "read_case"),
    ("calendars.end_address", "POST"): Whose("nothing", "read_case"),
    ("calendars.give_address", "POST"): Whose("nothing", "read_case"),
    ("calendars.show", "GET"): Whose("nothing", "read_case"),
    ("cases.all_cases", "GET"): Whose("nothing", "read_case"),
    ("cases.event", "GET"): A_CASE,
    ("cases.journal", "GET"): A_CASE,
    ("cases.record", "POST"): Whose("case", "record_event"),
    ("cases.save_draft", "POST"): A_CASE,
    ("cases.show", "GET"): A_CASE,
    ("cases.throw_draft", "POST"): A_CASE,
    ("corrections.note", "POST"): Whose("person", "correct_records"),
    ("corrections.show", "GET"): Whose("person", "correct_records"),
    ("diagrams.all_processes", "GET"): ANYBODY,
    ("diagrams.drawing", "GET"): ANYBODY,
    ("diagrams.show", "GET"): ANYBODY,
    ("handbook.form", "GET"): ANYBODY,
    ("handbook.letter", "GET"): ANYBODY,
    ("handbook.rules", "GET"): ANYBODY,
    ("handbook.show", "GET"): ANYBODY,
    ("handbook.table", "GET"): ANYBODY,
    ("editors.change", "POST"): WORKSHOP,
    ("editors.check", "POST"): WORKSHOP,
    ("editors.choices", "GET"): WORKSHOP,
    ("editors.edit", "GET"): WORKSHOP,
    ("editors.letter_as_pdf", "GET"): WORKSHOP,
    ("editors.preview", "POST"): WORKSHOP,
    ("event_corrections.correct", "POST"): Whose("case", "correct_records"),
    ("event_corrections.show", "GET"): Whose("case", "correct_records"),
    ("heat_map.all_processes", "GET"): SUPERVISION,
    ("heat_map.show", "GET"): SUPERVISION,
    ("findings.hear", "POST"): Whose("finding", "supervise"),
    ("findings.one", "GET"): Whose("finding", "supervise"),
    ("findings.show", "GET"): Whose("nothing", "supervise"),
    ("findings.silence", "POST"): Whose("finding", "supervise"),
    ("imports.look_through", "GET"): INTAKE,
    ("imports.register", "POST"): INTAKE,
    ("imports.start", "GET"): INTAKE,
    ("imports.take", "POST"): INTAKE,
    ("imports.template", "GET"): INTAKE,
    ("imports.throw_away", "POST"): INTAKE,
    ("inbox.acknowledge", "POST"): Whose("notification"),
    ("inbox.forget", "POST"): ANYBODY,
    ("inbox.home", "GET"): ANYBODY,
    ("inbox.only_list", "GET"): ANYBODY,
    ("inbox.save", "POST"): ANYBODY,
    ("inbox.show", "GET"): ANYBODY,
    ("inbox.together", "POST"): ANYBODY,
    ("insight.hand_out", "POST"): Whose("person", "hand_out_file"),
    ("insight.show", "GET"): Whose("person", "hand_out_file"),
    ("interventions.do", "POST"): Whose("case", "supervise"),
    ("interventions.fill", "GET"): Whose("case", "supervise"),
    ("interventions.show", "GET"): Whose("case", "supervise"),
    ("letters.all_letters", "GET"): A_CASE,
    ("letters.correct", "POST"): Whose("case", "send_letters"),
    ("letters.mark_sent", "POST"): Whose("case", "send_letters"),
    ("letters.pdf", "GET"): A_CASE,
    ("letters.returned", "POST"): Whose("case", "send_letters"),
    ("letters.show", "GET"): A_CASE,
    ("letters.write", "POST"): Whose("case", "send_letters"),
    ("notices.choose", "GET"): INTAKE,
    ("notices.new", "GET"): INTAKE,
    ("notices.register", "POST"): INTAKE,
    ("notices.same_home", "POST"): INTAKE,
    ("notices.save_draft", "POST"): INTAKE,
    ("notices.throw_draft", "POST"): INTAKE,
    ("notifications.acknowledge", "POST"): Whose("notification"),
    ("notifications.show", "GET"): ANYBODY,
    ("operating_status.retry", "POST"): Whose("nothing", "retry_failed"),
    ("operating_status.show", "GET"): Whose("nothing", "see_operations"),
    ("overview.only_now", "GET"): SUPERVISION,
    ("overview.show", "GET"): SUPERVISION,
    ("persons.show", "GET"): Whose("person", "read_case"),
    ("reassigning.do", "POST"): Whose("nothing", "supervise"),
    ("reassigning.show", "GET"): Whose("nothing", "supervise"),
    ("retention.case", "GET"): Whose("case", "propose_destruction"),
    ("retention.destroy", "POST"): Whose("case", "approve_destruction"),
    ("retention.hold", "POST"): Whose("case", "hold_records"),
    ("retention.journal", "GET"): Whose("nothing", "propose_destruction"),
    ("retention.lift", "POST"): Whose("case", "hold_records"),
    ("retention.propose", "POST"): Whose("case", "propose_destruction"),
    ("retention.show", "GET"): Whose("nothing", "propose_destruction"),
    ("retention.withdraw", "POST"): Whose("case", "propose_destruction"),
    ("sign_in.account", "GET"): ANYBODY,
    ("sign_in.begin_codes", "POST"): ANYBODY,
    ("sign_in.change_password", "POST"): ANYBODY,
    ("sign_in.choose_mails", "POST"): ANYBODY,
    ("sign_in.codes", "GET"): ANYBODY,
    ("sign_in.confirm_codes", "POST"): ANYBODY,
    ("sign_in.leave", "POST"): ANYBODY,
    ("sign_in.leave_everywhere", "POST"): ANYBODY,
    ("sign_in.mail", "GET"): ANYBODY,
    ("sign_in.password", "GET"): ANYBODY,
    ("sign_in.stop_codes", "POST"): ANYBODY,
    ("staff.ask", "GET"): Whose("colleague", "end_employment"),
    ("staff.end", "POST"): Whose("colleague", "end_employment"),
    ("staff.refused", "GET"): Whose("nothing", "read_sign_ins"),
    ("staff.show", "GET"): Whose("nothing", "end_employment"),
    ("statistics.export", "GET"): SUPERVISION,
    ("statistics.show", "GET"): SUPERVISION,
    ("simulation.move", "POST"): ANYBODY,
    ("simulation.show", "GET"): ANYBODY,
    ("tasks.assign", "POST"): A_TASK,
    ("tasks.claim", "POST"): Whose("task", "claim_task"),
    ("tasks.comment", "POST"): A_TASK,
    ("tasks.complete", "POST"): Whose("task", "complete_task"),
    ("tasks.release", "POST"): Whose("task", "release_task"),
    ("tasks.save_draft", "POST"): Whose("task", "complete_task"),
    ("tasks.show", "GET"): A_TASK,
    ("tasks.throw_draft", "POST"): A_TASK,
    ("tasks.snooze", "POST"): Whose("task", "complete_task"),
    ("tasks.wake", "POST"): Whose("task", "complete_task"),
    ("releases.all_of_them", "GET"): WORKSHOP,
    ("releases.approve", "POST"): WORKSHOP,
    ("releases.call_off", "POST"): WORKSHOP,
    ("releases.download", "GET"): WORKSHOP,
    ("releases.download_proposal", "GET"): WORKSHOP,
    ("releases.give_back", "POST"): WORKSHOP,
    ("releases.go_back", "POST"): WORKSHOP,
    ("releases.publish", "POST"): WORKSHOP,
    ("releases.send", "POST"): WORKSHOP,
    ("releases.show", "GET"): WORKSHOP,
    ("differences.any_two", "GET"): WORKSHOP,
    ("differences.drawing", "GET"): WORKSHOP,
    ("differences.proposal", "GET"): WORKSHOP,
    ("examinations.only_results", "GET"): WORKSHOP,
    ("examinations.run", "POST"): WORKSHOP,
    ("examinations.show", "GET"): WORKSHOP,
    ("examinations.way", "GET"): WORKSHOP,
    ("scenario_editing.begin", "GET"): WORKSHOP,
    ("scenario_editing.create", "POST"): WORKSHOP,
    ("scenario_editing.edit", "GET"): WORKSHOP,
    ("scenario_editing.remove", "POST"): WORKSHOP,
    ("scenario_editing.save", "POST"): WORKSHOP,
    ("scenarios.coverage", "GET"): WORKSHOP,
    ("scenarios.only_results", "GET"): WORKSHOP,
    ("scenarios.read", "GET"): WORKSHOP,
    ("scenarios.run", "POST"): WORKSHOP,
    ("scenarios.show", "GET"): WORKSHOP,
    ("workshop.all_files", "GET"): WORKSHOP,
    ("workshop.begin", "POST"): WORKSHOP,
    ("workshop.describe", "POST"): WORKSHOP,
    ("workshop.discard", "POST"): WORKSHOP,
    ("workshop.examine", "POST"): WORKSHOP,
    ("workshop.history", "GET"): WORKSHOP,
    ("workshop.proposal", "GET"): WORKSHOP,
    ("workshop.reopen", "POST"): WORKSHOP,
    ("workshop.show", "GET"): WORKSHOP,
    ("workshop.take_in", "POST"): WORKSHOP,
    ("workshop_files.change", "POST"): WORKSHOP,
    ("workshop_files.content", "GET"): WORKSHOP,
    ("workshop_files.earlier", "GET"): WORKSHOP,
    ("workshop_files.file", "GET"): WORKSHOP,
    ("workshop_files.put", "PUT"): WORKSHOP,
    ("workshop_files.restore", "POST"): WORKSHOP,
    ("workshop_files.write", "POST"): WORKSHOP,
    ("workshop_uploads.explanation", "GET"): WORKSHOP,
    ("workshop_uploads.start", "GET"): WORKSHOP,
    ("workshop_uploads.take", "POST"): WORKSHOP,
}
"""Every page and post that asks who one is."""

KEY_OF_A_LANDLORD = Whose("nothing", ask=ask_as_a_landlord, sends={})
KEY_TO_A_CASE = Whose("case", "read_case", ask=ask_with_a_key)
IN_THE_NAME_OF = {"received_at": "2026-03-02T08:30", "channel": "phone", "informant": "landlord"}
OPERATIONS: dict[tuple[str, str], Whose] = {
    ("api.claim_task", "POST"): Whose("task", "claim_task", ask=ask_with_a_key, sends={}),
    ("api.complete_task", "POST"): Whose("task", "complete_task", ask=ask_with_a_key, sends={"answers": {}}),
    ("api.list_cases", "GET"): Whose("nothing", "read_case", ask=ask_with_a_key),
    ("api.list_receipts", "GET"): KEY_OF_A_LANDLORD,
    ("api.list_tasks", "GET"): Whose("nothing", ask=ask_with_a_key),
    ("api.read_case", "GET"): KEY_TO_A_CASE,
    ("api.read_consents", "GET"): KEY_TO_A_CASE,
    ("api.read_deadlines", "GET"): KEY_TO_A_CASE,
    ("api.read_events", "GET"): KEY_TO_A_CASE,
    ("api.read_receipt", "GET"): KEY_OF_A_LANDLORD,
    ("api.read_task", "GET"): Whose("task", "see_task", ask=ask_with_a_key),
    ("api.record_event", "POST"): Whose("case", "record_event", ask=ask_with_a_key, sends={"text": "Prov"}),
    ("api.register_notice", "POST"): Whose(
        "nothing", "register_notice", ask=ask_with_a_key, sends=notice_body() | IN_THE_NAME_OF
    ),
    ("api.release_task", "POST"): Whose("task", "release_task", ask=ask_with_a_key, sends={}),
    ("api.submit_notice", "POST"): KEY_OF_A_LANDLORD,
}
"""Every operation for other programs; each says with `ask` how somebody of the cast asks with a key."""

MATRIX = PAGES | OPERATIONS
NEEDS_MORE = {
    "api.read_receipt": 404,
    "api_keys.approve": 404,
    "api_keys.revoke": 404,
    "audit.review": 404,
    "audit.sample": 404,
    "handbook.letter": 404,
    "handbook.table": 404,
    "imports.look_through": 404,
    "imports.register": 404,
    "imports.throw_away": 404,
    "inbox.forget": 404,
    "operating_status.retry": 404,
    "scenario_editing.edit": 404,
    "scenario_editing.remove": 404,
    "scenarios.read": 404,
    "workshop_files.put": 428,
}
"""What they answer who are let in, while the town has no such thing to show."""


LASTING = {"KVARBOENDE_SESSION_IDLE_MINUTES": "1440", "KVARBOENDE_SESSION_HOURS": "720"}
"""Nobody's sign-in ends by itself while the whole cast asks for everything."""


@pytest.fixture(scope="module")
def town(site_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A demo with its cast and a case for each column."""
    file = tmp_path_factory.mktemp("matrix") / "site.db"
    shutil.copyfile(site_template, file)
    clock = ManualClock(A_MONDAY_MORNING)
    runtime = Runtime.open(_settings(file, **LASTING), clock=clock)
    app = create_app(runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    town = Town(Site(app, runtime, clock))
    town.furnish()
    yield town
    runtime.close()


CELLS = [
    pytest.param(endpoint, method, place, id=f"{method} {endpoint} - {place.name}")
    for endpoint, method in sorted(MATRIX)
    for place in MATRIX[endpoint, method].places
]
"""Route and column; each is met by everybody of the cast."""


def test_every_route_is_in_the_matrix(town: Town) -> None:
    routes = {
        (rule.endpoint, method)
        for rule in town.site.app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if rule.endpoint not in OPEN_ROUTES
    }
    assert routes == set(MATRIX)


def test_the_cast_has_somebody_of_every_role() -> None:
    assert {role for person in EVERYBODY.values() for _, role in person.memberships} == set(Role)


@pytest.mark.requirement("R-178")
@pytest.mark.parametrize(("endpoint", "method", "place"), CELLS)
def test_everybody_of_the_cast_meets_what_the_table_says(
    town: Town, endpoint: str, method: str, place: Place
) -> None:
    whose = MATRIX[endpoint, method]
    for rule in town.rules(endpoint):
        for who in sorted(EVERYBODY):
            answer = town.answer(who, whose, method, rule, town.ids[place.name])
            expected = whose.met_by(who, place)
            where = (who, rule, place.name, answer.status_code)
            if expected is Met.AS_IF_NOTHING:
                nothing = town.answer(who, whose, method, rule, None)
                assert answer.status_code == nothing.status_code, where
                assert answer.status_code in (403, 404), where
            elif expected is Met.IN and endpoint in NEEDS_MORE:
                assert answer.status_code in (200, 302, NEEDS_MORE[endpoint]), where
            else:
                assert met(answer) == expected, where
            shown = answer.get_data().decode(errors="replace")
            if place.protects:
                assert_hides(shown, who, where)
            if name_in(place) in shown:
                assert town.was_logged(answer, place), where


def assert_hides(text: str, who: str, where: tuple[object, ...]) -> None:
    """Only the head of unit is in the circle of a case for which nobody is responsible yet."""
    if Role.SUPERVISOR not in {role for _, role in EVERYBODY[who].memberships}:
        assert SECRET_NUMBER not in text, where
        assert SECRET_HOME not in text, where


def test_the_circle_sees_what_the_protected_case_hides_from_the_others(town: Town) -> None:
    ids = town.ids["protected case"]
    maria = town.browser("maria")
    assert SECRET_HOME in maria.page(f"/arenden/{ids.case}")
    assert SECRET_NUMBER in maria.page(f"/arenden/{ids.case}/personer/{ids.person}")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_verb_is_never_enough_to_see_the_case(place: Place) -> None:
    seen_by = {who for who in EVERYBODY if A_CASE.met_by(who, place) is Met.IN}
    assert (
        seen_by
        == {
            "own unit": {"anna", "bosse", "siv", "maria"},
            "other unit": {"karim", "siv", "maria"},
            "other administration": {"disa"},
            "protected case": {"anna", "bosse", "siv", "maria"},
            "conflict of interest": set(),
        }[place.name]
    )


def can_open(town: Town, who: str) -> set[int]:
    browser = town.browser(who)
    return {ids.case for ids in town.ids.values() if browser.get(f"/arenden/{ids.case}").status_code == 200}


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_a_list_shows_exactly_the_cases_that_can_be_opened(town: Town, who: str) -> None:
    opens = can_open(town, who)
    browser = town.browser(who)
    inbox, cases = browser.page("/inkorg?vy=alla"), browser.get("/arenden")
    assert _shown(town.ids, inbox) <= opens
    person = EVERYBODY[who]
    roles = [role for _, role in person.memberships]
    if may("read_case", roles, [unit for unit, _ in person.memberships if unit]):
        assert _shown(town.ids, cases.text) == opens
        for ids in town.ids.values():
            found = browser.get(f"/arenden?sok={ids.case}")
            assert (found.status_code == 302) is (ids.case in opens)
    else:
        assert cases.status_code == 403


def _shown(ids: dict[str, Ids], text: str) -> set[int]:
    return {one.case for one in ids.values() if f'/arenden/{one.case}"' in text}


def test_every_verb_that_opens_something_is_somebodys_and_not_everybodys() -> None:
    for verb in {whose.verb for whose in MATRIX.values()} - {""}:
        assert VERBS[verb].roles < set(Role), verb
