"""Compares two descriptions of the same thing, part by part, and says in Swedish what has been changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["added", "removed", "changed", "moved"]

LONGEST_IN_SENTENCE = 120
"""Characters of a value that a sentence repeats; the whole value stands beside it on the page."""

_PREPOSITIONS = {
    "Namnet": "på",
    "Uträkningen": "i",
    "Händelsen som väntas": "i",
    "Texten": "i",
    "Övrigt": "i",
}
"""What stands between the respect and the name of the part, where it is not `för`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference (sv. skillnad) between two sets of files."""

    path: str
    """The file's path under bpmn-diagrams."""
    element: str | None
    """Id of the element, field or row in the file; None when it is about the whole file."""
    element_name: str
    """What a person calls it, in Swedish."""
    kind: Kind
    """`moved`: the same, but drawn or placed elsewhere, which changes nothing about how a case goes."""
    what: str
    """What has happened, in a Swedish sentence without the values."""
    before: str = ""
    after: str = ""
    sort: str = ""
    """What sort of thing it is, in Swedish: `uppgift`, `fält`, `rad` ..."""

    @property
    def sentence(self) -> str:
        """What has happened and from what to what, in one Swedish sentence."""
        if self.kind == "moved" or not (self.before or self.after):
            return self.what
        told = self.what.removesuffix(".")
        if self.before and self.after:
            return f"{told}: från {_quoted(self.before)} till {_quoted(self.after)}."
        return f"{told}: {_quoted(self.before or self.after)}."

    def __str__(self) -> str:
        where = f"{self.path}#{self.element}" if self.element else self.path
        return f"{where}: {self.sentence}"


def _quoted(value: str) -> str:
    text = " ".join(value.split())
    return f"”{text if len(text) <= LONGEST_IN_SENTENCE else text[:LONGEST_IN_SENTENCE].rstrip() + ' …'}”"


@dataclass(frozen=True, slots=True)
class Said:
    """What a part says about itself in one respect."""

    value: Any
    """What is compared."""
    shown: str
    """What a person reads."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file: a step, a flow, a field, a row."""

    sort: str
    """Swedish, such as `uppgift`."""
    called: str
    """Swedish, ready to stand in a sentence: `”Ta ställning”`, `Flödet från ”A” till ”B”`."""
    says: Mapping[str, Said] = field(default_factory=dict)
    """By what it is about, in the definite form: `Banan`, `Villkoret`."""
    content: str = ""
    """What is read of the part as a whole when it is added or removed."""


NOTHING = Said(None, "")


def said(text: str | None) -> Said:
    """A respect that is compared as it is shown; an empty text says nothing."""
    return Said(text or None, text or "")


def unquoted(called: str) -> str:
    """What a person calls something, without quotation marks if they stand around the whole of it."""
    inside = called.removeprefix("”").removesuffix("”")
    return called if "”" in inside else inside


def compare_parts(path: str, before: Mapping[str, Part], after: Mapping[str, Part]) -> list[Difference]:
    """What stands between two descriptions: what has gone, then what is new or says something else, in file order."""
    found = [
        _whole(path, key, part, "removed", "har tagits bort")
        for key, part in before.items()
        if key not in after
    ]
    for key, part in after.items():
        if key not in before:
            found.append(_whole(path, key, part, "added", "har lagts till"))
        else:
            found += changes_of(path, key, before[key], part)
    return found


def _whole(path: str, key: str, part: Part, kind: Kind, verb: str) -> Difference:
    removed = kind == "removed"
    return Difference(
        path=path,
        element=key or None,
        element_name=unquoted(part.called),
        kind=kind,
        what=f"{part.called} {verb} ({part.sort}).",
        before=part.content if removed else "",
        after="" if removed else part.content,
        sort=part.sort,
    )


def changes_of(path: str, key: str, before: Part, after: Part) -> list[Difference]:
    """Each respect in which the part says something else than before."""
    found = []
    for about in dict.fromkeys((*before.says, *after.says)):
        was, now = before.says.get(about, NOTHING), after.says.get(about, NOTHING)
        if was.value == now.value:
            continue
        verb = "har lagts till" if was.value is None else "har tagits bort"
        verb = "har ändrats" if was.value is not None and now.value is not None else verb
        found.append(
            Difference(
                path=path,
                element=key or None,
                element_name=unquoted(after.called),
                kind="changed",
                what=f"{about} {_PREPOSITIONS.get(about, 'för')} {_inside(after.called)} {verb}.",
                before=was.shown,
                after=now.shown,
                sort=after.sort,
            )
        )
    return found


def _inside(called: str) -> str:
    """As in the middle of a sentence."""
    return called[:1].lower() + called[1:] if called[:1].isalpha() else called
