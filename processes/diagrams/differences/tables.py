"""Compares two decision tables: the hit policy, the questions, the answers, and the rows one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Final

from processes.diagrams.differences.parts import Difference, Part, Said, compare_parts, said
from processes.diagrams.differences.xml_meaning import is_bare, meaning_of, shown, without
from processes.diagrams.words import due_rule_in_words
from processes.engine.xml_input import FileRefused, local_name, read_xml

ORDERED: Final = ("FIRST", "COLLECT", "RULE ORDER", "OUTPUT ORDER", "PRIORITY")
"""Hit policies under which the order of the rows means something."""
_ANY: Final = ("", "-")
"""What a cell says that holds for everything."""


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    number: int
    cells: Mapping[str, str]
    """By column: the text of each cell that asks or answers something."""
    note: str


@dataclass(frozen=True, slots=True)
class _Table:
    whole: Part
    columns: Mapping[str, Part]
    rows: tuple[_Row, ...]
    is_ordered: bool


def compare_tables(path: str, before: bytes, after: bytes) -> list[Difference]:
    """Every difference between two DMN files; raises FileRefused if one of them holds no decision table."""
    old, new = _read(before), _read(after)
    same_columns = _same_columns(old, new)
    old_columns = {same_columns.get(key, key): part for key, part in old.columns.items()}
    old_rows = [_with_columns(row, same_columns) for row in old.rows]
    pairs = _pairs(old_rows, new.rows)
    names = {**old_columns, **new.columns}
    was = {pairs.get(row.number, f"före-{row.number}"): row for row in old_rows}
    now = {str(row.number): row for row in new.rows}
    found = compare_parts(path, {"": old.whole, **old_columns}, {"": new.whole, **new.columns})
    found += compare_parts(path, _described(was, names), _described(now, names))
    return found + _moved_rows(path, new, [key for key in was if key in now], names)


def _moved_rows(path: str, table: _Table, kept: list[str], names: Mapping[str, Part]) -> list[Difference]:
    """Rows that stand in another order among those that stand in both tables."""
    numbers = [int(key) for key in kept]
    staying = _longest_rising(numbers)
    found = []
    for row in table.rows:
        if row.number in numbers and row.number not in staying:
            called = _called(row, names)
            what = f"{called} har flyttats bland raderna."
            if not table.is_ordered:
                what = f"{called} står på en annan plats, vilket inte ändrar något med tabellens träffregel."
            kind: Any = "changed" if table.is_ordered else "moved"
            found.append(Difference(path, str(row.number), called, kind, what, sort="rad"))
    return found


def _longest_rising(numbers: list[int]) -> set[int]:
    """As many of the numbers as can stay where they are while the others move."""
    best: list[list[int]] = []
    for place, number in enumerate(numbers):
        before: list[list[int]] = [run for run in best[:place] if run[-1] < number]
        best.append([*_longest(before), number])
    return set(_longest(best))


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=len) if runs else []


def _read(content: bytes) -> _Table:
    root = read_xml(content)
    decisions = [element for element in root if local_name(element) == "decision"]
    tables = [element for one in decisions for element in one if local_name(element) == "decisionTable"]
    if len(tables) != 1 or len(decisions) != 1:
        raise FileRefused("Filen har inte ett beslut med en tabell.")
    decision, table = decisions[0], tables[0]
    policy = table.get("hitPolicy", "UNIQUE")
    inputs = [element for element in table if local_name(element) == "input"]
    outputs = [element for element in table if local_name(element) == "output"]
    columns = [_input(element) for element in inputs] + [_output(element) for element in outputs]
    by_key = {_free(key, [k for k, _ in columns[:place]]): part for place, (key, part) in enumerate(columns)}
    says = {
        "Namnet": said(decision.get("name")),
        "Tabellens id": said(decision.get("id")),
        "Träffregeln": said(" ".join(filter(None, (policy, table.get("aggregation", ""))))),
        "Övrigt": _left([*_beside(decision, table), *_beside(root, decision), _table_itself(table)]),
    }
    order = {"Kolumnernas ordning": {key: part.called for key, part in by_key.items()}}
    rows = [element for element in table if local_name(element) == "rule"]
    return _Table(
        whole=Part(
            "beslutstabell", f"”{decision.get('name') or decision.get('id', '')}”", says, orders=order
        ),
        columns=by_key,
        rows=tuple(_row(number, row, list(by_key)) for number, row in enumerate(rows, start=1)),
        is_ordered=policy in ORDERED,
    )


def _free(key: str, taken: list[str]) -> str:
    return key if key not in taken else f"{key} ({taken.count(key) + 1})"


def _beside(above: Any, known: Any) -> list[Any]:
    """What else stands in the element, apart from where things are drawn."""
    return [element for element in above if element is not known and local_name(element) != "DMNDI"]


def _table_itself(table: Any) -> Any:
    parts = {
        (element.tag.rpartition("}")[0].removeprefix("{") or None, local_name(element)) for element in table
    }
    known = [(space, name) for space, name in parts if name in ("input", "output", "rule")]
    return without(
        table, attributes=("id", "hitPolicy", "aggregation", "preferredOrientation"), children=known
    )


def _left(elements: list[Any]) -> Said:
    full = [element for element in elements if not is_bare(element)]
    return Said(tuple(map(meaning_of, full)) or None, "; ".join(map(shown, full)))


def _input(element: Any) -> tuple[str, Part]:
    expressions = [child for child in element if local_name(child) == "inputExpression"]
    question = _text(expressions[0]) if expressions else ""
    says = {
        "Rubriken": said(element.get("label")),
        "Det som tabellen frågar efter": said(question),
        "Slaget av värde": said(expressions[0].get("typeRef") if expressions else None),
        "De tillåtna värdena": said("; ".join(_texts(element, "inputValues"))),
    }
    return f"fråga {question}", Part("kolumn med en fråga", f"”{element.get('label') or question}”", says)


def _output(element: Any) -> tuple[str, Part]:
    name = element.get("name", "")
    says = {
        "Rubriken": said(element.get("label")),
        "Namnet": said(name),
        "Slaget av värde": said(element.get("typeRef")),
        "De tillåtna värdena": said("; ".join(_texts(element, "outputValues"))),
    }
    return f"svar {name}", Part("kolumn med ett svar", f"”{element.get('label') or name}”", says)


def _texts(element: Any, name: str) -> list[str]:
    return [_text(child) for child in element if local_name(child) == name]


def _text(element: Any) -> str:
    """The text of the element's `text` child, without blanks between its words."""
    found = [child.text or "" for child in element if local_name(child) == "text"]
    return " ".join("".join(found).split())


def _row(number: int, row: Any, columns: list[str]) -> _Row:
    cells = _texts(row, "inputEntry") + _texts(row, "outputEntry")
    notes = [child.text or "" for child in row if local_name(child) == "description"]
    notes += _texts(row, "annotationEntry")
    named = {
        column or f"cell {place}": cell
        for place, (column, cell) in enumerate(zip_longest(columns, cells, fillvalue=""))
        if cell not in _ANY
    }
    return _Row(row.get("id", ""), number, named, " ".join(" ".join(notes).split()))


def _same_columns(old: _Table, new: _Table) -> dict[str, str]:
    """Columns whose question or name has changed while they stand in the same place, old key to new."""
    gone = [key for key in old.columns if key not in new.columns]
    came = [key for key in new.columns if key not in old.columns]
    if len(old.columns) != len(new.columns):
        return {}
    places = {key: place for place, key in enumerate(old.columns)}
    now = list(new.columns)
    return {key: now[places[key]] for key in gone if now[places[key]] in came}


def _with_columns(row: _Row, same: Mapping[str, str]) -> _Row:
    return replace(row, cells={same.get(key, key): cell for key, cell in row.cells.items()})


def _pairs(old: list[_Row], new: tuple[_Row, ...]) -> dict[int, str]:
    """Which row of the old table is which of the new: the same content first, then the same id."""
    found: dict[int, str] = {}
    left = list(new)
    for is_same in (_same_content, _same_id):
        for row in old:
            match = next((other for other in left if row.number not in found and is_same(row, other)), None)
            if match is not None:
                found[row.number] = str(match.number)
                left.remove(match)
    return found


def _same_content(one: _Row, other: _Row) -> bool:
    return one.cells == other.cells and one.note == other.note


def _same_id(one: _Row, other: _Row) -> bool:
    return bool(one.id) and one.id == other.id


def _described(rows: Mapping[str, _Row], names: Mapping[str, Part]) -> dict[str, Part]:
    return {key: _part(row, names) for key, row in rows.items()}


def _part(row: _Row, names: Mapping[str, Part]) -> Part:
    says = {
        f"Cellen {_column(key, names)}": Said(cell, _in_words(key, cell)) for key, cell in row.cells.items()
    }
    says["Anteckningen"] = said(row.note)
    return Part("rad", _called(row, names), says, content="; ".join(_cells(row, names)))


def _in_words(column: str, cell: str) -> str:
    """A due rule is read as what it says; any other cell as it is written."""
    return due_rule_in_words(cell.strip('"')) if column == "svar due" else cell


def _column(key: str, names: Mapping[str, Part]) -> str:
    return names[key].called if key in names else f"”{key}”"


def _cells(row: _Row, names: Mapping[str, Part]) -> Iterator[str]:
    for key, cell in row.cells.items():
        yield f"{_column(key, names).strip('”')}: {cell}"


def _called(row: _Row, names: Mapping[str, Part]) -> str:
    about = row.note or next(_cells(row, names), "")
    return f"Rad {row.number} (”{about}”)" if about else f"Rad {row.number}"
