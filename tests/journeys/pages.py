"""The pages as a person at a desk uses them: by the words that stand there, with mouse and keyboard."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

Said = str | Sequence[str]
"""What is answered to one question: a text or an option, or several options."""


def named(question: str) -> re.Pattern[str]:
    """A question by its words, whether or not it says that it is optional."""
    return re.compile(rf"^\s*{re.escape(question)}( \(frivilligt\))?\s*$")


@dataclass(frozen=True)
class Desk:
    """Somebody who is signed in, in front of a browser of their own."""

    page: Page
    address: str

    def sign_in(self, name: str) -> Desk:
        """Begin the day as one of the demo's people."""
        self.page.goto(f"{self.address}/logga-in")
        self.page.get_by_role("button", name=name).click()
        self.page.get_by_role("heading", name="Inkorg", level=1).wait_for()
        return self

    def register(self, kind: str, answers: Mapping[str, Said]) -> str:
        """Take in a notice; answers the address of its case."""
        self.go_to_intake(kind)
        self.fill_in(answers)
        self.press("Registrera underrättelsen")
        self.page.get_by_role("status").get_by_text("Underrättelsen är registrerad").wait_for()
        return self.page.url.split("#")[0]

    def go_to_intake(self, kind: str) -> None:
        """Go to the form for a kind of notice, from wherever one is."""
        menu = self.page.get_by_role("navigation", name="Huvudmeny")
        menu.get_by_role("link", name="Ny underrättelse").click()
        self.page.get_by_role("link", name=kind).click()

    def do(self, case: str, task: str, answers: Mapping[str, Said]) -> None:
        """Open the case's task, claim it, fill in its form and complete it."""
        self.open(case, task)
        self.press("Ta uppgiften")
        self.fill_in(answers)
        self.complete(task)

    def open(self, case: str, task: str) -> None:
        """Go to the task from its case."""
        self.page.goto(case)
        self.todo.get_by_role("link", name=task, exact=True).click()
        self.is_at(task)

    def is_at(self, heading: str) -> None:
        """The page with this heading has come, to its end: what is not on it now is not there."""
        self.page.get_by_role("heading", name=heading, level=1, exact=True).wait_for()
        self.page.wait_for_load_state("domcontentloaded")

    def complete(self, task: str) -> None:
        """Send the form and see that it was taken."""
        self.press("Slutför uppgiften")
        self.page.get_by_role("status").get_by_text(f"”{task}” är slutförd").wait_for()

    def note(self, case: str, event: str, answers: Mapping[str, Said]) -> None:
        """Write down in the case that something has happened."""
        self.open_event(case, event)
        self.fill_in(answers)
        self.press("Anteckna")
        self.page.get_by_role("status").get_by_text(f"Antecknat: {event}").wait_for()

    def open_event(self, case: str, event: str) -> None:
        """Go to the form for something that has happened, from its case; its heading may have to be opened."""
        self.page.goto(case)
        said = self.page.locator(".doings").get_by_text(event, exact=True)
        if not said.is_visible():
            self.page.locator(".doings details", has=self.page.get_by_text(event, exact=True)).locator(
                "summary"
            ).click()
        said.click()

    def give_back(self, task: str) -> None:
        """Leave a task that one holds to whoever can do it."""
        self.page.goto(task)
        self.press("Lämna tillbaka")
        self.page.get_by_role("status").get_by_text("är lämnad tillbaka till enheten").wait_for()

    def press(self, button: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def fill_in(self, answers: Mapping[str, Said]) -> None:
        """Answer each question by its words."""
        for question, said in answers.items():
            self._answer(self.form, question, said)

    def to_do(self, case: str) -> list[str]:
        """The case's open tasks, as its page shows them."""
        self.page.goto(case)
        return sorted(self.todo.locator(".todo-title").all_inner_texts())

    @property
    def form(self) -> Locator:
        """The form of the page that is open."""
        return self.page.locator("form.form")

    @property
    def todo(self) -> Locator:
        """What there is to do in the case whose page is open."""
        return self.page.get_by_role("region", name="Att göra nu")

    def _answer(self, form: Locator, question: str, said: Said) -> None:
        control = (
            form.get_by_role("group", name=named(question))
            .or_(form.get_by_role("textbox", name=named(question)))
            .or_(form.get_by_role("combobox", name=named(question)))
            .or_(form.get_by_role("checkbox", name=named(question)))
        )
        kind = control.evaluate("control => control.type")
        if not isinstance(said, str):
            for one in said:
                control.get_by_label(one, exact=True).check()
        elif kind == "fieldset":
            control.get_by_label(said, exact=True).check()
        elif kind == "checkbox":
            control.check()
        elif kind == "select-one":
            control.select_option(label=said)
        else:
            control.fill(said)
