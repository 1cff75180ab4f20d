"""Every page of Kvarboende with somebody who may see it, and the states that a page can be in: what a walk visits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from processes.actions.process_drafts import create_draft, save_file
from processes.models import Case, Caseworker, Event, Finding, Letter, Person, Task
from processes.queries.people import get_caseworker_named
from processes.runtime import Runtime
from tests.diagrams.foreign_files import CAMUNDA_7
from workers.findings import Findings

NO_PAGES = frozenset(
    {
        "static",
        "api.list_cases",
        "api.list_receipts",
        "api.list_tasks",
        "api.read_case",
        "api.read_consents",
        "api.read_deadlines",
        "api.read_events",
        "api.read_receipt",
        "api.read_task",
        "calendars.feed",
        "diagrams.drawing",
        "differences.drawing",
        "editors.choices",
        "editors.letter_as_pdf",
        "health.live",
        "health.punctual",
        "health.ready",
        "imports.template",
        "inbox.home",
        "letters.pdf",
        "metrics.show",
        "reading_matter.openapi",
        "releases.download",
        "releases.download_proposal",
        "sign_in.from_provider",
        "statistics.export",
        "sign_in.to_provider",
        "workshop_files.content",
        "workshop_files.earlier",
    }
)
"""What answers a program, or leads on to another page."""
NOT_OF_ITSELF = frozenset(
    {
        "audit.sample",
        "examinations.only_results",
        "examinations.way",
        "imports.look_through",
        "inbox.only_list",
        "overview.only_now",
        "scenarios.only_results",
        "sign_in.ask_for_code",
    }
)
"""Part of another page, or reached only by doing something first: met among the states."""
PAGES: dict[str, tuple[str, ...]] = {
    "absences.show": ("Anna Lindqvist",),
    "access.emergency": ("Ebba Norén",),
    "access.recusal": ("Anna Lindqvist",),
    "access.to_review": ("Maria Ek",),
    "api_keys.lent": ("Anna Lindqvist",),
    "api_keys.show": ("Stig Wall",),
    "audit.all_samples": ("Gun Berg",),
    "audit.ask_for_extract": ("Gun Berg",),
    "audit.show": ("Gun Berg",),
    "audit.striking": ("Gun Berg",),
    "calendars.addresses": ("Anna Lindqvist",),
    "calendars.show": ("Anna Lindqvist", "Karim Haddad"),
    "cases.all_cases": ("Anna Lindqvist", "Maria Ek"),
    "cases.event": ("Anna Lindqvist",),
    "cases.journal": ("Anna Lindqvist",),
    "cases.show": ("Anna Lindqvist", "Maria Ek"),
    "corrections.show": ("Anna Lindqvist",),
    "editors.edit": ("Per Olsson",),
    "event_corrections.show": ("Anna Lindqvist",),
    "diagrams.all_processes": ("Per Olsson",),
    "diagrams.show": ("Per Olsson",),
    "differences.any_two": ("Per Olsson",),
    "differences.proposal": ("Per Olsson",),
    "examinations.show": ("Per Olsson",),
    "findings.one": ("Maria Ek",),
    "findings.show": ("Maria Ek",),
    "handbook.form": ("Per Olsson",),
    "handbook.letter": ("Per Olsson",),
    "handbook.rules": ("Per Olsson",),
    "handbook.show": ("Per Olsson",),
    "handbook.table": ("Per Olsson",),
    "heat_map.all_processes": ("Maria Ek",),
    "heat_map.show": ("Maria Ek",),
    "imports.start": ("Siv Samuelsson",),
    "inbox.show": ("Anna Lindqvist", "Maria Ek", "Per Olsson"),
    "insight.show": ("Maria Ek",),
    "interventions.fill": ("Maria Ek",),
    "interventions.show": ("Maria Ek",),
    "letters.all_letters": ("Anna Lindqvist",),
    "letters.show": ("Anna Lindqvist",),
    "notices.choose": ("Siv Samuelsson",),
    "notices.new": ("Siv Samuelsson",),
    "notifications.show": ("Anna Lindqvist",),
    "operating_status.show": ("Stig Wall",),
    "overview.show": ("Maria Ek",),
    "persons.show": ("Anna Lindqvist",),
    "reading_matter.show": ("Stig Wall",),
    "reassigning.show": ("Maria Ek",),
    "releases.all_of_them": ("Per Olsson",),
    "releases.show": ("Per Olsson",),
    "retention.case": ("Maria Ek",),
    "retention.journal": ("Maria Ek",),
    "retention.show": ("Maria Ek",),
    "scenario_editing.begin": ("Per Olsson",),
    "scenario_editing.edit": ("Per Olsson",),
    "scenarios.coverage": ("Per Olsson",),
    "scenarios.read": ("Per Olsson",),
    "scenarios.show": ("Per Olsson",),
    "sign_in.account": ("Anna Lindqvist",),
    "sign_in.codes": ("Anna Lindqvist",),
    "sign_in.mail": ("Anna Lindqvist",),
    "sign_in.password": ("Anna Lindqvist",),
    "sign_in.show": ("",),
    "simulation.show": ("Anna Lindqvist",),
    "staff.ask": ("Maria Ek",),
    "staff.refused": ("Gun Berg",),
    "staff.show": ("Maria Ek",),
    "statistics.show": ("Maria Ek",),
    "tasks.show": ("Anna Lindqvist",),
    "workshop.all_files": ("Per Olsson",),
    "workshop.history": ("Per Olsson",),
    "workshop.proposal": ("Per Olsson",),
    "workshop.show": ("Per Olsson",),
    "workshop_files.file": ("Per Olsson",),
    "workshop_uploads.explanation": ("Per Olsson",),
    "workshop_uploads.start": ("Per Olsson",),
}
"""Who of the demo's people looks at each page; nobody = who is not signed in."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to look at: who looks, at which address, and what is done there first."""

    name: str
    who: str
    path: str
    prepare: Callable[[Page], None] | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What the walk looks at among the demo's households."""

    places: dict[str, str]
    free_task: int
    shut_task: int
    done_task: int
    childrens_task: int
    closed_case: int


def look_around(runtime: Runtime) -> Found:
    """An eviction that Anna works with, with a person, an event, a letter and a task of hers; and others' tasks."""
    draft_id = _propose(runtime)
    Findings()(runtime, lambda: False)
    with runtime.reading() as work:
        session = work.session
        own = session.scalars(
            select(Task).where(Task.step == "planera_narvaro", Task.claimed_by_id.is_not(None))
        )
        task = own.one()
        case = task.case_id

        def first(table: type[Person | Event | Letter]) -> str:
            return str(
                session.scalars(select(table.id).where(table.case_id == case).order_by(table.id)).first()
            )

        def step(name: str, status: str = "open") -> int:
            of_step = select(Task.id).where(Task.step == name, Task.status == status)
            return session.scalars(of_step.order_by(Task.claimed_by_id.is_not(None), Task.id)).first() or 0

        idle = session.scalars(select(Caseworker.id).where(Caseworker.username == "bosse")).one()
        closed = session.scalars(select(Case.id).where(Case.closed_at.is_not(None))).first() or 0
        places = {
            "case_id": str(case),
            "task_id": str(task.id),
            "person_id": first(Person),
            "event_id": first(Event),
            "letter_id": first(Letter),
            "caseworker_id": str(idle),
            "kind": "A",
            "name": "samtycke.givet",
            "key": "underrattelse",
            "part": "underrattelse-kronofogden",
            "form_name": "ta_stallning",
            "letter_name": "bekraftelse",
            "table_name": "bradska",
            "scenario": "hot-om-avhysning/scenarios/S-01-hyresskuld-bistand.yaml",
            "finding_id": str(session.scalars(select(Finding.id).order_by(Finding.id)).first()),
            "what": "pausa",
            "draft_id": str(draft_id),
            "path": "mottagning/mottagning.bpmn",
            "number": "1",
        }
        return Found(
            places,
            free_task=step("kontakta_hyresvard"),
            shut_task=step("begar_oanmalt_hembesok"),
            done_task=step("ta_emot_arende", "completed"),
            childrens_task=step("skyddsbedomning"),
            closed_case=closed,
        )


def _propose(runtime: Runtime) -> int:
    """A proposal of the process owner with a changed description."""
    with runtime.transaction() as work:
        owner = get_caseworker_named(work.session, "per")
        draft = create_draft(work, title="Tydligare mottagning", purpose="Handläggarna frågar.", person=owner)
        save_file(
            work,
            draft_id=draft.id,
            path="mottagning/README.md",
            content=b"# Mottagning\n\nTydligare.\n",
            expected_revision=0,
            person=owner,
        )
        return draft.id


def _clash(page: Page) -> None:
    """Save what stands in the box when somebody else has saved since the page was opened."""
    _unfold(page)
    page.locator("[name=revision]").first.evaluate("(field) => { field.value = '0' }")
    page.locator("textarea.code").fill("# Mottagning, mitt")
    press("Spara")(page)
    page.get_by_role("alert").wait_for()


def pages(app: Flask, found: Found) -> list[Stop]:
    """A stop for every address that shows a page and has somebody who looks at it."""
    stops = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES | NOT_OF_ITSELF:
            continue
        path = re.sub(r"<(?:id:|path:)?(\w+)>", lambda part: found.places[part[1]], rule.rule)
        stops += [Stop(f"{rule.endpoint} {rule.rule}", who, path) for who in PAGES.get(rule.endpoint, ())]
    return stops


def press(name: str) -> Callable[[Page], None]:
    """Press the first button with these words."""
    return lambda page: page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def _claim(page: Page) -> None:
    claim = page.get_by_role("button", name="Ta uppgiften", exact=True)
    if claim.count():
        claim.click()


def _complete_nothing(page: Page) -> None:
    _claim(page)
    press("Slutför uppgiften")(page)
    page.get_by_role("alert").wait_for()


def _save_a_draft(page: Page) -> None:
    _claim(page)
    page.locator("form.form textarea:visible, form.form input.in:visible").first.fill("Påhittat utkast")
    press("Spara utkast")(page)
    page.get_by_text("utkast").first.wait_for()


def _unfold(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")


def _open_shortcuts(page: Page) -> None:
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def _in_english(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Svenska").wait_for()


def _sign_in_wrongly(page: Page) -> None:
    page.get_by_label("Användarnamn").fill("ingen")
    page.get_by_label("Lösenord").fill("fel lösenord")
    press("Logga in")(page)
    page.get_by_role("alert").wait_for()


def _draw_a_sample(page: Page) -> None:
    press("Dra stickprov")(page)
    page.wait_for_url("**/stickprov/*")


def _send_a_file(page: Page) -> None:
    """The template itself, with its one row as an example."""
    template = page.request.get(page.url.rstrip("/") + "/mall.csv").body()
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "påhittad.csv", "mimeType": "text/csv", "buffer": template}
    )
    press("Visa raderna")(page)
    page.wait_for_url(re.compile(r"/\d+$"))


def _begin_nothing(page: Page) -> None:
    page.get_by_label("Vad ska förslaget heta?").fill(" ")
    press("Börja")(page)
    page.get_by_text("Skriv vad förslaget ska heta.").wait_for()


def _send_a_diagram(page: Page) -> None:
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "hyreskoll.bpmn", "mimeType": "application/xml", "buffer": CAMUNDA_7}
    )
    press("Ladda upp")(page)
    page.get_by_text("gjord i Camunda Modeler").wait_for()


def _look_at_what_comes_of_it(page: Page) -> None:
    page.locator("main input[name=val]").first.check()
    page.get_by_label("Vem ska ha uppgifterna?").select_option(label="Maria Ek")
    page.locator("#varfor").fill("Påhittad motivering.")
    press("Se vad som händer")(page)
    page.get_by_role("heading", name="Det här händer").wait_for()


def states(found: Found) -> list[Stop]:
    """Pages with errors shown, with a gate closed, with a draft, empty, unfolded, refused, in English."""
    case, task = f"/arenden/{found.places['case_id']}", f"/uppgifter/{found.free_task}"
    anna, proposal = "Anna Lindqvist", f"/verkstad/{found.places['draft_id']}"
    return [
        Stop("inbox: all that one may see, unfolded", "Maria Ek", "/inkorg?vy=alla", _unfold),
        Stop("inbox: filters that leave nothing", anna, "/inkorg?vy=alla&sok=finns-inte"),
        Stop("inbox: the dialog about keys", anna, "/inkorg", _open_shortcuts),
        Stop("inbox: what happened to many tasks", anna, "/inkorg?vy=alla", press("Ta de valda")),
        Stop("cases: none found", anna, "/arenden?sok=finns-inte"),
        Stop("task: to be claimed", anna, task),
        Stop("task: with errors", anna, f"/uppgifter/{found.places['task_id']}", _complete_nothing),
        Stop("task: with a draft", anna, task, _save_a_draft),
        Stop("task: with a closed gate", anna, f"/uppgifter/{found.shut_task}", _unfold),
        Stop("task: completed", anna, f"/uppgifter/{found.done_task}"),
        Stop("case: unfolded", anna, case, _unfold),
        Stop("case: closed", "Maria Ek", f"/arenden/{found.closed_case}"),
        Stop("case: not one's own", "Disa Falk", case, status=404),
        Stop("event: with errors", anna, f"{case}/handelser/kontaktforsok.gjort", press("Anteckna")),
        Stop(
            "notice: with errors",
            "Siv Samuelsson",
            "/underrattelser/ny/F",
            press("Registrera underrättelsen"),
        ),
        Stop("notices: a file looked through", "Siv Samuelsson", "/underrattelser/import/", _send_a_file),
        Stop("intervention: foreseen", "Maria Ek", f"{case}/atgarder/omfordela", _look_at_what_comes_of_it),
        Stop("intervention: with errors", "Maria Ek", f"{case}/atgarder/avbryt", press("Se vad som händer")),
        Stop("intervention: where nothing can be gone back to", "Maria Ek", f"{case}/atgarder/ga-tillbaka"),
        Stop("letters: unfolded", anna, f"{case}/brev", _unfold),
        Stop("calendar: the unit's", "Anna Lindqvist", "/kalender?vems=vuxen"),
        Stop("calendar: an empty week", anna, "/kalender?vecka=2027-W30"),
        Stop("sign-in: refused", "", "/logga-in", _sign_in_wrongly),
        Stop("nothing there", anna, "/finns-inte", status=404),
        Stop("not allowed", anna, "/granskning", status=403),
        Stop("sample", "Gun Berg", "/granskning/stickprov", _draw_a_sample),
        Stop("workshop: begun without a name", "Per Olsson", "/verkstad", _begin_nothing),
        Stop("workshop: a proposal, unfolded", "Per Olsson", proposal, _unfold),
        Stop("workshop: a clash", "Per Olsson", f"{proposal}/fil/mottagning/README.md", _clash),
        Stop("workshop: a diagram of another tool", "Per Olsson", f"{proposal}/ladda-upp", _send_a_diagram),
        Stop("inbox: in English", "Karim Haddad", "/inkorg?vy=alla", _in_english),
        Stop("task: in English", "Karim Haddad", f"/uppgifter/{found.childrens_task}"),
    ]
