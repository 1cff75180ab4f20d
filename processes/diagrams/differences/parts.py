"""Compares two descriptions of the same thing, part by part, and says in Swedish what has been changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Literal

Kind = Literal["added", "removed", "changed", "moved"]

LONGEST_IN_SENTENCE = 120
"""Characters of a value that a sentence repeats; the whole value stands beside it on the page."""
WORDS_BEFORE = 4
"""Words before the first difference that are repeated of a long text."""

_PREPOSITIONS = {
    "Namnet": "på",
    "Rubriken": "på",
    "Frågan": "i",
    "Uträkningen": "i",
    "Händelsen som väntas": "i",
    "Texten": "i",
    "Övrigt": "i",
    "Fältens ordning": "i",
    "Valens ordning": "i",
    "Radernas ordning": "i",
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
        before, after = _where_they_part(self.before, self.after)
        if before and after:
            return f"{told}: från ”{before}” till ”{after}”."
        return f"{told}: ”{before or after}”."

    def __str__(self) -> str:
        where = f"{self.path}#{self.element}" if self.element else self.path
        return f"{where}: {self.sentence}"


def _where_they_part(before: str, after: str) -> tuple[str, str]:
    """Both values, short enough for a sentence: of long ones what stands around the first word that differs."""
    was, now = before.split(), after.split()
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False)))
    return _cut(was, same), _cut(now, same)


def _cut(words: list[str], same: int) -> str:
    text = " ".join(words)
    if len(text) <= LONGEST_IN_SENTENCE:
        return text
    kept = " ".join(words[max(0, same - WORDS_BEFORE) :])
    start = "… " if same > WORDS_BEFORE else ""
    return start + (kept if len(kept) <= LONGEST_IN_SENTENCE else f"{kept[:LONGEST_IN_SENTENCE].rstrip()} …")


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
    orders: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What stands in an order that means something, by what the order is called: the keys and how they are shown."""


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
    changed = [
        (about, was, now)
        for about in dict.fromkeys((*before.says, *after.says))
        for was, now in [(before.says.get(about, NOTHING), after.says.get(about, NOTHING))]
        if was.value != now.value
    ]
    for about, order in after.orders.items():
        old, new = _order_of_both(before.orders.get(about, {}), order)
        changed += [(about, old, new)] if old.value != new.value else []
    return [
        Difference(
            path=path,
            element=key or None,
            element_name=unquoted(after.called),
            kind="changed",
            what=f"{about} {_PREPOSITIONS.get(about, 'för')} {_inside(after.called)} {_verb(was, now)}.",
            before=was.shown,
            after=now.shown,
            sort=after.sort,
        )
        for about, was, now in changed
    ]


def _verb(was: Said, now: Said) -> str:
    if was.value is None:
        return "har lagts till"
    return "har tagits bort" if now.value is None else "har ändrats"


def _order_of_both(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Said, Said]:
    """The order of what stands in both: what is new or gone is told by itself."""
    was, now = [key for key in before if key in after], [key for key in after if key in before]
    return Said(was, ", ".join(before[key] for key in was)), Said(now, ", ".join(after[key] for key in now))


def _inside(called: str) -> str:
    """As in the middle of a sentence."""
    return called[:1].lower() + called[1:] if called[:1].isalpha() else called
