"""Asks whether the table of due times can be used: real steps, urgencies and due rules, and an answer for all."""

from __future__ import annotations

from typing import Any

from processes.diagrams.files import DUE_TIMES, URGENCY
from processes.diagrams.names import Names
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import Shelf
from processes.engine import DecisionTable
from processes.rules.due_dates import OWN_RULE, is_due_rule

ASKED = frozenset({"step", "urgency"})
"""What the table may ask besides facts."""
ANSWER = ("due",)


def wrong_due_times(shelf: Shelf, names: Names) -> list[Problem]:
    """What is wrong with the table of due times; nothing if the folder has none: then every step's own rule holds."""
    table = shelf.table_in(DUE_TIMES)
    if table is None:
        return []
    if table.key != "forfallotider" or table.outputs != ANSWER or table.policy != "FIRST":
        wanted = "Tabellen ska heta forfallotider, ha träffregeln FIRST och ett enda svar, due."
        return [Problem(DUE_TIMES, None, wanted)]
    found = [
        f"Tabellen frågar efter {name}, som varken är ett faktum, step eller urgency."
        for name in sorted(table.names - names.facts - ASKED)
    ]
    found += _unknown_answers(table)
    found += _unknown_mentions(shelf, table)
    found += [f"{flaw} Låt sista raden gälla allt annat, med svaret {OWN_RULE}." for flaw in table.flaws()]
    return [Problem(DUE_TIMES, None, message) for message in found]


def _unknown_answers(table: DecisionTable) -> list[str]:
    answers = [answer for (answer,) in table.answers()]
    return [
        f"Rad {row} svarar {answer!r}, som inte är någon förfalloregel."
        for row, answer in enumerate(answers, start=1)
        if not isinstance(answer, str) or not (answer == OWN_RULE or is_due_rule(answer))
    ]


def _unknown_mentions(shelf: Shelf, table: DecisionTable) -> list[str]:
    steps = {node.id for drawing in shelf.drawings for node in drawing.nodes if node.kind == "userTask"}
    urgency = shelf.table_in(URGENCY)
    degrees = {answer for (answer,) in urgency.answers()} if urgency else set()
    known: dict[str, tuple[set[Any], str]] = {"step": (steps, "steget"), "urgency": (degrees, "brådskan")}
    return [
        f"Tabellen nämner {what} {mention!r}, som inte finns."
        for question, mention in table.mentioned()
        if question in known
        for there_are, what in [known[question]]
        if mention not in there_are
    ]
