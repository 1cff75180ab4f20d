"""Turns what stands in the inbox's address into a choice of filters and back, and names the choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from app.labels import label
from app.texts import t
from processes.queries.inbox_wanted import NOBODY, Facets, Wanted, choices_of, is_choice

TABS = {
    "mina": "Mina",
    "enheten": "Enhetens otilldelade",
    "vantar": "Väntar på andra",
    "alla": "Alla jag får se",
}
LISTS = {"mina": "mine", "enheten": "unit", "vantar": "waiting", "alla": "all"}
ORDERS = {"tid": "Ska vara klart först", "lagdatum": "Närmaste lagdatum först"}
ORDER_NAMES = {"tid": "due", "lagdatum": "legal"}
GROUPS = {
    "late": "Försenade",
    "today": "Idag",
    "week": "Senare den här veckan",
    "later": "Längre fram",
    "none": "Utan datum",
    "hold": "Vilande",
}
PARAMETERS = {
    "nar": ("when", "Ska vara klart"),
    "lagdatum": ("legal", "Lagdatum"),
    "steg": ("step", "Steg"),
    "process": ("process", "Process"),
    "enhet": ("unit", "Enhet"),
    "vem": ("holder", "Handläggare"),
    "barn": ("child", "Barn"),
    "sparrad": ("blocked", "Spärr"),
}
"""The filter behind each parameter of the address, and its Swedish heading."""
LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class View:
    """What one address of the inbox shows: a tab, filters and an order."""

    tab: str
    wanted: Wanted
    order: str

    @property
    def choices(self) -> str:
        """The view as an address writes it after the question mark, always in the same order."""
        return urlencode(self._pairs())

    def url(self, **more: str) -> str:
        """The address of the view, with something added."""
        return f"{url_for('inbox.show')}?{urlencode([*self._pairs(), *more.items()])}"

    def at(self, tab: str) -> View:
        """The same choices on another tab."""
        return View(tab, self.wanted, self.order)

    def only(self, wanted: Wanted) -> View:
        """Other choices on the same tab."""
        return View(self.tab, wanted, self.order)

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = [("vy", self.tab)]
        for parameter, (name, _) in PARAMETERS.items():
            pairs += [(parameter, value) for value in sorted(getattr(self.wanted, name))]
        if self.wanted.text:
            pairs.append(("sok", self.wanted.text))
        if self.order != "tid":
            pairs.append(("ordning", self.order))
        return pairs


def view_in(asked: MultiDict[str, str]) -> View:
    """The view that an address asks for; whatever is no choice is left out."""
    chosen = {
        name: frozenset(value for value in asked.getlist(parameter)[:50] if is_choice(name, value))
        for parameter, (name, _) in PARAMETERS.items()
    }
    tab, order = asked.get("vy", "mina"), asked.get("ordning", "tid")
    text = " ".join(asked.get("sok", "").split())[:LONGEST_SEARCH]
    return View(
        tab if tab in TABS else "mina",
        Wanted(**chosen, text=text if text.isprintable() else ""),
        order if order in ORDERS else "tid",
    )


def view_of(choices: str) -> View:
    """The view that was saved as these choices."""
    return view_in(MultiDict(parse_qsl(choices)))


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick: its value, its words, how many tasks it would show, and whether it is ticked."""

    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter beside the list."""

    parameter: str
    heading: str
    choices: tuple[Choice, ...]


class Names:
    """The words for the choices that stand for steps, processes and people."""

    def __init__(
        self, facets: Facets, process_title: Callable[[str], str], people: Mapping[int, str], me: int
    ) -> None:
        self._steps, self._process_title, self._people, self._me = facets.titles, process_title, people, me

    def of(self, name: str, value: str) -> str:
        """The words for one choice of one filter."""
        if name == "when":
            return t(GROUPS[value])
        if name == "legal":
            return t("Inom {days} dagar", days=value)
        if name == "child":
            return t("Barn berörs")
        if name == "blocked":
            return t("Spärrad just nu")
        if name == "unit":
            return label("unit", value)
        if name == "holder":
            return self._holder(value)
        return (self._steps.get(value) if name == "step" else self._process_title(value)) or value

    def _holder(self, value: str) -> str:
        if value == NOBODY:
            return t("Ingen har tagit den")
        return t("Du") if int(value) == self._me else self._people.get(int(value), t("Någon annan"))


def filters_of(view: View, facets: Facets, names: Names) -> list[Filter]:
    """The filters to offer beside the list; one that would offer nothing is left out."""
    found = []
    for parameter, (name, heading) in PARAMETERS.items():
        choices = tuple(
            Choice(
                value,
                names.of(name, value),
                facets.counts[name][value],
                value in getattr(view.wanted, name),
            )
            for value in choices_of(name, facets, view.wanted)
        )
        if choices:
            found.append(Filter(parameter, t(heading), choices))
    return found


def chips(view: View, names: Names) -> Iterable[tuple[str, str]]:
    """What is chosen, in words, and the address that lets each of them go."""
    for name, heading in PARAMETERS.values():
        chosen = sorted(getattr(view.wanted, name))
        if chosen:
            words = ", ".join(names.of(name, value) for value in chosen)
            yield f"{t(heading)}: {words}", view.only(view.wanted.without(name)).url()
    if view.wanted.text:
        yield f"{t('Sök')}: {view.wanted.text}", view.only(view.wanted.without("text")).url()
