"""Decision tables: which rules hold for the facts of a case, and what they say.

Our own reading of DMN files, because SpiffWorkflow treats every hit policy but COLLECT as "first match", never
checks UNIQUE, and lets an old answer stand when no rule holds. Here UNIQUE means that exactly one rule holds, ANY
that all rules that hold agree, FIRST the first from the top, COLLECT all; and no rule is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from processes.engine.expressions import Expression
from processes.engine.feel import ANYTHING, Cell
from processes.engine.operators import Value, is_number
from processes.engine.samples import combinations_of, in_words, samples_of

POLICIES: Final = ("UNIQUE", "FIRST", "ANY", "COLLECT")
AGGREGATIONS: Final = ("", "SUM", "MIN", "MAX", "COUNT")


class DecisionFailed(Exception):
    """The table does not decide for the facts at hand: no rule holds, or several that must not."""


def _no_fact(_name: str) -> Value:
    return None


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions: the question it asks, and the values it may have if the table lists them."""

    label: str
    question: Expression
    allowed: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: one cell per input, one expression per output."""

    cells: tuple[Cell, ...]
    outputs: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A decision table (sv. beslutstabell), ready to decide."""

    key: str
    name: str
    policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def names(self) -> frozenset[str]:
        """The facts and answers that the table asks for."""
        asked = [column.question.names for column in self.inputs]
        asked += [output.names for rule in self.rules for output in rule.outputs]
        return frozenset().union(*asked)

    def decide(self, lookup: Callable[[str], Value]) -> dict[str, Value]:
        """The outputs by name; raises DecisionFailed, or ExpressionFailed from an expression."""
        values = [column.question.evaluate(lookup) for column in self.inputs]
        holding = self.holding(values)
        rows = [[output.evaluate(lookup) for output in self.rules[place].outputs] for place in holding]
        if self.policy == "COLLECT":
            return {
                name: self._collected([row[place] for row in rows]) for place, name in enumerate(self.outputs)
            }
        if not rows:
            raise DecisionFailed(f"no rule of the table holds for {self._described(values)}")
        if self.policy == "UNIQUE" and len(rows) > 1:
            raise DecisionFailed(
                f"rules {self._rows(holding)} hold at the same time for {self._described(values)}"
            )
        if self.policy == "ANY" and any(row != rows[0] for row in rows):
            raise DecisionFailed(f"rules {self._rows(holding)} disagree for {self._described(values)}")
        return dict(zip(self.outputs, rows[0], strict=True))

    def answers(self) -> list[tuple[Value, ...]]:
        """What each row answers, from the top; None where it is worked out from a fact."""
        return [
            tuple(None if output.names else output.evaluate(_no_fact) for output in rule.outputs)
            for rule in self.rules
        ]

    def mentioned(self) -> list[tuple[str, Value]]:
        """Every value that a cell names, with the question it stands under."""
        return [
            (column.question.text, mention)
            for place, column in enumerate(self.inputs)
            for rule in self.rules
            for mention in rule.cells[place].mentions
        ]

    def holding(self, values: list[Value]) -> list[int]:
        """The places of the rules that hold for these values of the inputs, from the top."""
        found = []
        for place, rule in enumerate(self.rules):
            for cell, value in zip(rule.cells, values, strict=True):
                if cell is not ANYTHING and not cell.fits(value):
                    break
            else:
                found.append(place)
        return found

    def flaws(self) -> list[str]:
        """Combinations of inputs that no rule or several rules answer, as Swedish sentences; empty if none is found."""
        combinations = self._combinations()
        if combinations is None:
            return ["Tabellen har för många kombinationer för att kunna kontrolleras; dela upp den."]
        found: dict[str, str] = {}
        for combination in combinations:
            flaw = self._flaw(self.holding(list(combination.values())))
            if flaw is not None:
                found.setdefault(flaw, f"{flaw} när {in_words(combination)}.")
        return list(found.values())

    def idle_rows(self) -> list[int]:
        """The rows, counted from 1, that never decide anything: nothing fits them, or a row above takes all of it."""
        combinations = self._combinations()
        if combinations is None:
            return []
        deciding: set[int] = set()
        for combination in combinations:
            holding = self.holding(list(combination.values()))
            deciding.update(holding[:1] if self.policy == "FIRST" else holding)
        return [place + 1 for place in range(len(self.rules)) if place not in deciding]

    def _combinations(self) -> Iterator[dict[str, Value]] | None:
        """Every combination of answers that the cells can tell apart, by the name of the column."""
        samples = {
            self._column(place): list(column.allowed)
            or samples_of([mention for rule in self.rules for mention in rule.cells[place].mentions])
            or [None]
            for place, column in enumerate(self.inputs)
        }
        return combinations_of(samples, tries=len(self.rules))

    def _column(self, place: int) -> str:
        """What the column is called; its place is told too where another is called the same."""
        label = self.inputs[place].label
        is_alone = [column.label for column in self.inputs].count(label) == 1
        return label if is_alone else f"{label} ({place + 1})"

    def _flaw(self, holding: list[int]) -> str | None:
        if self.policy == "COLLECT":
            return None
        if not holding:
            return "Ingen rad gäller"
        texts = {tuple(output.text for output in self.rules[place].outputs) for place in holding}
        if self.policy == "UNIQUE" and len(holding) > 1:
            return f"Raderna {self._rows(holding)} gäller samtidigt"
        if self.policy == "ANY" and len(texts) > 1:
            return f"Raderna {self._rows(holding)} säger olika"
        return None

    def _collected(self, values: list[Value]) -> Value:
        if self.aggregation == "":
            return tuple(value for value in values if not isinstance(value, tuple))
        if self.aggregation == "COUNT":
            return len(values)
        numbers = [value for value in values if isinstance(value, int | float) and is_number(value)]
        if len(numbers) != len(values):
            raise DecisionFailed(f"{self.aggregation} needs numbers")
        if self.aggregation == "SUM":
            return sum(numbers)
        if not numbers:
            return None
        return min(numbers) if self.aggregation == "MIN" else max(numbers)

    def _described(self, values: list[Value]) -> str:
        return ", ".join(
            f"{column.label} = {value!r}" for column, value in zip(self.inputs, values, strict=True)
        )

    @staticmethod
    def _rows(places: list[int]) -> str:
        return " och ".join(str(place + 1) for place in places)
