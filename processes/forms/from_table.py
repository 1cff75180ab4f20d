"""Turns a table or a list that somebody else wrote into the shape of answers: headings become fields, words values.

A landlord writes "Ja", "2/3 2026" and "Hyresrätt i första hand" where a browser would post values. Nothing is judged
here: what is not understood stays the text that it was, so that the reading of the form says what is wrong with it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from processes.errors import ListRefused
from processes.forms.fields import Choices, Field, Kind
from processes.forms.form import Form
from processes.forms.reading import is_blank

SEPARATORS = ";,\t"
LONGEST_CELL = 10_000
MOST_COLUMNS = 200
_ROW_OF_TABLE = re.compile(r"(.+?) (\d{1,2})[:.,]? (.+)")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[ .\-/]{0,2}(\d{4})", re.ASCII)
_MONTH_IN_WORDS = re.compile(r"(\d{1,2})\.? ?([a-z]{3,9})\.? (\d{4})")
_TIME = re.compile(r"[T ,]+(?:kl\.? ?)?(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?$", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+,\d{1,2}", re.ASCII)
_YES_NO = {
    "ja": "true",
    "x": "true",
    "true": "true",
    "1": "true",
    "nej": "false",
    "false": "false",
    "0": "false",
}


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row of a list, in the shape that `Form.read` takes."""

    number: int
    """As a spreadsheet counts: the heading is row 1. In a list without headings the first is 1."""
    answers: Any


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list as it was understood."""

    rows: tuple[ListedRow, ...]
    unread_columns: tuple[str, ...] = ()
    """Headings that no question of the form has."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may stand in the table."""

    heading: str
    name: str
    """As a page would post it: `persons-0-name`."""
    field: Field


def columns_of(form: Form, *, rows_of_tables: int) -> list[Column]:
    """Every column that the table may have; of what is a table in the form so many rows, as columns of their own."""
    return [column for field in form.fields.values() for column in _columns(field, rows_of_tables)]


def _columns(field: Field, rows: int) -> Iterator[Column]:
    if field.kind is not Kind.ROWS:
        yield Column(field.label, field.name, field)
        return
    for number in range(rows):
        for one in field.columns:
            heading = f"{_one_of(field.label)} {number + 1}: {one.label}"
            yield Column(heading, f"{field.name}-{number}-{one.name}", one)


def _one_of(label: str) -> str:
    """The singular of a Swedish heading such as Personer."""
    return label.removesuffix("er")


def read_csv_list(form: Form, text: str, *, most_rows: int) -> ListRead:
    """The rows of a table with headings, separated by semicolons, commas or tabs. Raises ListRefused."""
    table = _table(text, most_rows)
    headings = table.pop(0)[1] if table else []
    known = [_column(form, heading) for heading in headings]
    names = [column.name for column in known if column is not None]
    if not names:
        raise ListRefused("Ingen kolumn har en rubrik som känns igen. Hämta mallen och jämför rubrikerna.")
    twice = next((one.heading for one in known if one is not None and names.count(one.name) > 1), None)
    if twice is not None:
        raise ListRefused("Kolumnen ”{column}” finns två gånger.", column=twice)
    rows = [ListedRow(number, _answers(form, known, cells, number)) for number, cells in table]
    unread = (heading.strip() for heading, column in zip(headings, known, strict=True) if column is None)
    return ListRead(tuple(rows), tuple(heading[:100] for heading in unread if heading))


def _table(text: str, most_rows: int) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, with their numbers, the headings first."""
    first = text.lstrip().split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    found: list[tuple[int, list[str]]] = []
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(rows, start=1):
            if any(cell.strip() for cell in cells):
                found.append((number, cells))
            if len(found) > most_rows + 1:
                raise ListRefused("Filen har fler än {most} rader. Dela den i flera filer.", most=most_rows)
            if len(cells) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in cells):
                raise ListRefused("Rad {number} är för lång. Är citattecknen rätt?", number=number)
    except csv.Error as error:
        raise ListRefused(
            "Filen går inte att läsa som en tabell efter rad {number}. Kontrollera citattecknen.",
            number=len(found),
        ) from error
    return found


def _bare(heading: str) -> str:
    return " ".join(heading.casefold().split()).rstrip("?:* ")


def _column(form: Form, heading: str) -> Column | None:
    """The column that is meant: by the question's label, or by the field's name."""
    wanted = _bare(heading)
    for field in form.fields.values():
        if field.kind is not Kind.ROWS:
            if wanted in (_bare(field.label), field.name):
                return Column(heading.strip(), field.name, field)
            continue
        in_row = _ROW_OF_TABLE.fullmatch(wanted)
        is_meant = in_row and _one_of(in_row[1]) in (_one_of(_bare(field.label)), field.name)
        if in_row and is_meant and 1 <= int(in_row[2]) <= field.max_rows:
            for one in field.columns:
                if in_row[3] in (_bare(one.label), one.name):
                    return Column(heading.strip(), f"{field.name}-{int(in_row[2]) - 1}-{one.name}", one)
    return None


class _Cells(dict[str, list[str]]):
    """The cells of a row under the names that a page would post them by."""

    def getlist(self, key: str) -> list[str]:
        return self[key]


def _answers(form: Form, known: Sequence[Column | None], cells: Sequence[str], number: int) -> dict[str, Any]:
    if any(cell.strip() for cell in cells[len(known) :]):
        raise ListRefused("Rad {number} har fler celler än rubriker.", number=number)
    posted = _Cells(
        {
            column.name: _as_posted(column.field, cell)
            for column, cell in zip(known, cells, strict=False)
            if column is not None and cell.strip()
        }
    )
    return {name: said for name, said in form.from_html(posted, Choices()).items() if said not in ("", [])}


def _as_posted(field: Field, cell: str) -> list[str]:
    """What a page would have posted for the cell."""
    text = cell.strip()
    if field.kind is Kind.CHOICES:
        return [_value(field, one.strip()) for one in re.split(r"[|,\n]", text) if one.strip()]
    if field.kind is Kind.CHOICE:
        return [_value(field, text)]
    if field.kind in (Kind.YES_NO, Kind.TICK):
        return [_YES_NO.get(text.casefold(), text)]
    if field.kind is Kind.DATE:
        return [_day(text)]
    if field.kind is Kind.DATE_TIME:
        return [_moment(text)]
    if field.kind is Kind.MONEY:
        return [_amount(text)]
    return [text]


def _value(field: Field, text: str) -> str:
    """The value of the option with this title; for an option that is one letter, the letter in either case."""
    wanted = text.casefold()
    for option in field.options:
        if wanted in (option.title.casefold(), str(option.value).casefold()):
            return str(option.value)
    return text


def _day(text: str) -> str:
    """The day as ÅÅÅÅ-MM-DD, from the ways in which Swedes write days; what could mean two days stays as it is."""
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return f"{found[1]}-{found[2]}-{found[3]}"
    found = _DAY_FIRST.fullmatch(text)
    if found:
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    found = _MONTH_IN_WORDS.fullmatch(text.casefold())
    if found and found[2][:3] in _MONTHS:
        return f"{found[3]}-{_MONTHS.index(found[2][:3]) + 1:02d}-{found[1]:0>2}"
    return text


def _moment(text: str) -> str:
    found = _TIME.search(text)
    return f"{_day(text[: found.start()].strip())} {found[1]:0>2}:{found[2]}" if found else text


def _amount(text: str) -> str:
    bare = text.removesuffix(":-").strip()
    return bare.replace(".", "") if _THOUSANDS.fullmatch(bare) else bare


def read_json_list(text: str, *, most_rows: int) -> ListRead:
    """The rows of a JSON list of objects whose keys are the form's names. Raises ListRefused."""
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ListRefused("Filen är inte JSON som går att läsa.") from error
    if not isinstance(found, list) or not found or not all(isinstance(row, Mapping) for row in found):
        raise ListRefused("JSON-filen ska vara en lista där varje underrättelse är ett objekt.")
    if len(found) > most_rows:
        raise ListRefused("Filen har fler än {most} rader. Dela den i flera filer.", most=most_rows)
    return ListRead(tuple(ListedRow(number, row) for number, row in enumerate(found, start=1)))


def _no_number(sign: str) -> NoReturn:
    raise ValueError(f"{sign} is no JSON")


def rows_with(rows: Iterable[ListedRow], given: Mapping[str, Any]) -> list[ListedRow]:
    """The rows with what was said about all of them, where a row does not say it itself."""
    return [
        ListedRow(
            row.number, {**given, **{name: said for name, said in row.answers.items() if not is_blank(said)}}
        )
        for row in rows
    ]
