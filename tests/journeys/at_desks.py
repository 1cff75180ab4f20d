"""A scenario worked in the browser, from its first step to its last, by its people: each at a desk of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, expect
from sqlalchemy import select

from processes.models import Case, Event, Notice, ProcessInstance, Task
from processes.queries.people import get_caseworker_named
from processes.rules.events import EVENTS
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.rules.snapshot import Scope
from processes.scenarios.expectations import check
from processes.scenarios.found import Found
from processes.scenarios.stories import Story, instant
from processes.unit_of_work import UnitOfWork
from tests.journeys.conftest import Office
from tests.journeys.pages import Desk

CAN_BE_NAMED = ("application", "request", "report", "watch", "person")
"""What a completed task can start that a later step of the story speaks of."""


@dataclass
class AtDesks:
    """The office in which the story is worked, who sits at which desk, and what the story's names stand for."""

    office: Office
    story: Story
    went_otherwise: list[str] = field(default_factory=list)
    """Every expectation of the story that did not come true."""
    said: list[str] = field(default_factory=list)
    """What the next page told after each task that was completed."""
    _case_id: int = 0
    _named: dict[str, Scope] = field(default_factory=dict)
    _desks: dict[str, Desk] = field(default_factory=dict)

    def work(self) -> None:
        """Let each person do their steps when the story says so, and hold what is found against the story."""
        self.office.let_time_pass(self.story.starts_at)
        for number, step in enumerate(self.story.steps, start=1):
            if "at" in step:
                self.office.let_time_pass(instant(step["at"]))
            if "who" in step:
                self._act(step)
            with self.office.runtime.reading() as work:
                for what, came_true, instead in check(
                    Found(work, self._case_id, self._named), step.get("expect", {})
                ):
                    if not came_true:
                        self.went_otherwise.append(f"step {number}: {what}; {instead}")

    @property
    def at_work(self) -> set[str]:
        """Everybody who has sat at a desk."""
        return set(self._desks)

    @property
    def case(self) -> str:
        """The address of the case's page."""
        return f"{self.office.address}/arenden/{self._case_id}"

    def _act(self, step: Mapping[str, Any]) -> None:
        desk = self._desk(step["who"])
        with self.office.runtime.reading() as work:
            last_event = work.session.scalar(select(Event.id).order_by(Event.id.desc()).limit(1)) or 0
            answers = self._meant(work, step.get("notice") or step.get("answers", {}))
        if "notice" in step:
            self._register(desk, answers)
        elif "event" in step:
            self._note(desk, EVENTS[step["event"]].label, answers)
        else:
            self._do(desk, step, answers)
        if "refused" in step:
            must_say_why(desk, step["refused"])
        with self.office.runtime.reading() as work:
            self._learn_names(work, step, last_event)

    def _register(self, desk: Desk, answers: dict[str, Any]) -> None:
        kind = NOTICE_KINDS[answers["kind"]]
        desk.go_to_intake(kind.label)
        said_by_the_kind = {"kind", "informant"} if kind.is_from_kfm else {"kind"}
        answer_by_name(
            desk.form, {name: one for name, one in answers.items() if name not in said_by_the_kind}
        )
        desk.press("Registrera underrättelsen")
        expect(desk.page.get_by_role("status")).to_contain_text("Underrättelsen är registrerad")
        self._case_id = int(desk.page.url.rpartition("/")[2])

    def _note(self, desk: Desk, label: str, answers: Mapping[str, Any]) -> None:
        desk.open_event(self.case, label)
        answer_by_name(desk.form, answers)
        desk.press("Anteckna")

    def _do(self, desk: Desk, step: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
        with self.office.runtime.reading() as work:
            task = self._task(work, step["task"], step.get("about"))
            number, holder = task.id, task.claimed_by.username if task.claimed_by else step["who"]
        if holder != step["who"]:
            self._desk(holder).give_back(f"{self.office.address}/uppgifter/{number}")
        line = desk.todo.locator("li", has=desk.page.locator(f'a[href="/uppgifter/{number}"]'))
        if desk.page.url != self.case or not line.count():
            desk.page.goto(self.case)
        if step.get("refused", {}).get("because") == "NotOfThisUnit":
            expect(desk.todo).to_be_visible()
            expect(line).to_have_count(0)
            return
        line.get_by_role("button").or_(line.locator("a.todo-title")).last.click()
        answer_by_name(desk.form, answers)
        desk.press("Slutför uppgiften")
        if "refused" not in step:
            told = desk.page.get_by_role("status")
            expect(told).to_contain_text("är slutförd")
            self.said.append(told.inner_text())

    def _desk(self, username: str) -> Desk:
        if username not in self._desks:
            with self.office.runtime.reading() as work:
                name = get_caseworker_named(work.session, username).name
            self._desks[username] = self.office.desk(name)
        return self._desks[username]

    def _task(self, work: UnitOfWork, step: str, about: str | None) -> Task:
        """The open task of this step, of the process about what the story names."""
        tasks = select(Task).where(Task.case_id == self._case_id, Task.step == step, Task.status == "open")
        if about is not None:
            scope = self._named[about]
            tasks = tasks.join(ProcessInstance, ProcessInstance.id == Task.instance_id).where(
                ProcessInstance.scope_kind == scope.kind, ProcessInstance.scope_id == scope.id
            )
        found = work.session.scalars(tasks.order_by(Task.id)).first()
        assert found is not None, f"no task {step} is open"
        return found

    def _meant(self, work: UnitOfWork, answer: Any) -> Any:
        """The answer with each `$name` and `@name` as the form knows it: by a number."""
        if isinstance(answer, Mapping):
            return {key: self._meant(work, one) for key, one in answer.items()}
        if isinstance(answer, list):
            return [self._meant(work, one) for one in answer]
        if isinstance(answer, str) and answer.startswith("@"):
            return get_caseworker_named(work.session, answer[1:]).id
        return self._named[answer[1:]].id if isinstance(answer, str) and answer.startswith("$") else answer

    def _learn_names(self, work: UnitOfWork, step: Mapping[str, Any], last_event: int) -> None:
        """What the step gave a name: the persons of the case, and what `as` calls the thing that it began."""
        persons = {one.name: one.id for one in work.session.get_one(Case, self._case_id).persons}
        for name, called in {**{one: one for one in persons}, **step.get("persons", {})}.items():
            self._named[name] = Scope("person", persons[called])
        if "notice" in step:
            notice = work.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first()
            self._named[step["as"]] = Scope("notice", notice or 0)
        elif "as" in step:
            began = select(Event).where(Event.id > last_event, Event.scope_kind.in_(CAN_BE_NAMED))
            event = work.session.scalars(began.order_by(Event.id)).first()
            assert event is not None
            self._named[step["as"]] = Scope(event.scope_kind, event.scope_id)


def must_say_why(desk: Desk, refused: Mapping[str, str]) -> None:
    """The page tells what the story says that it tells, and leads to the field that is wrong."""
    if refused["because"] == "NotOfThisUnit":
        return
    alert = desk.page.get_by_role("alert")
    if refused["because"] == "AnswersRefused":
        expect(alert.locator(f'a[href$="{refused["says"]}"]')).to_be_visible()
    else:
        expect(alert).to_contain_text(refused["says"], ignore_case=True)


def answer_by_name(form: Locator, answers: Mapping[str, Any], prefix: str = "") -> None:
    """Answer each question by the name of its field, in the controls that the page shows for it."""
    form.wait_for()
    form.page.wait_for_load_state("domcontentloaded")
    kinds: dict[str, str] = form.evaluate(KINDS)
    for name, answer in answers.items():
        field, kind = prefix + name, kinds.get(prefix + name, "")
        control = form.locator(f'[name="{field}"]')
        if isinstance(answer, list) and isinstance(answer[0], Mapping):
            answer_rows(form, field, answer)
        elif isinstance(answer, list):
            tick(control, answer)
        elif kind == "radio":
            control.and_(form.locator(f'[value="{as_posted(answer)}"]')).check()
        elif kind == "checkbox":
            control.set_checked(answer)
        elif kind == "select-one":
            control.select_option(as_posted(answer))
        else:
            control.fill(as_posted(answer))


def answer_rows(form: Locator, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Fill in each row of a table, with a new row for each after the first."""
    add = form.locator(f'[name="_add"][value="{name}"]')
    folded = form.locator("details:not([open])", has=form.page.locator(f'[name="_add"][value="{name}"]'))
    if folded.count():
        folded.locator("summary").click()
    for number, row in enumerate(rows):
        if number:
            add.click()
            form.locator(f'[name^="{name}-{number}-"]').first.wait_for(state="attached")
        answer_by_name(form, row, f"{name}-{number}-")


def tick(boxes: Locator, wanted: Sequence[Any]) -> None:
    """Tick the boxes of what is wanted, and no other."""
    values = boxes.evaluate_all("boxes => boxes.map((box) => [box.value, box.checked])")
    assert {str(one) for one in wanted} <= {value for value, _ in values}
    for place, (value, is_ticked) in enumerate(values):
        if is_ticked != (value in map(str, wanted)):
            boxes.nth(place).set_checked(not is_ticked)


def as_posted(answer: Any) -> str:
    """The answer as its control carries it."""
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


KINDS = """form => Object.fromEntries([...form.elements].map((one) => [one.name, one.type]))"""
