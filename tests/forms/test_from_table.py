"""A landlord's file is understood as a landlord writes it; what is not understood is left for the form to refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest

from processes.errors import AnswersRefused, ListRefused
from processes.forms import Form, load_form
from processes.forms.from_table import ListRead, columns_of, read_csv_list, read_json_list

FIELDS: dict[str, Any] = {
    "address": {"type": "string", "title": "Bostadens adress"},
    "received_at": {"type": "string", "format": "date-time", "title": "Inkom"},
    "posted_on": {"type": "string", "format": "date", "title": "Postad"},
    "amount_due": {"type": "string", "format": "money", "x-unit": "kr", "title": "Krävt belopp"},
    "registered": {"type": "boolean", "title": "Rekommenderat"},
    "kind": {
        "type": "string",
        "title": "Slag?",
        "oneOf": [{"const": "A", "title": "Obetald hyra"}, {"const": "B", "title": "Störning"}],
    },
    "grounds": {
        "type": "array",
        "title": "Grunder",
        "items": {"oneOf": [{"const": "noise", "title": "Ljud"}, {"const": "pets", "title": "Djur"}]},
    },
    "persons": {
        "type": "array",
        "title": "Personer",
        "items": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "title": "Namn"},
                "id_number": {"type": "string", "format": "personal-number", "title": "Personnummer"},
            },
            "required": ["name"],
        },
    },
}


def form() -> Form:
    return load_form(json.dumps({"title": "Prova", "properties": FIELDS}).encode())


def read(text: str, most_rows: int = 10) -> ListRead:
    return read_csv_list(form(), text, most_rows=most_rows)


def only_row(text: str) -> dict[str, Any]:
    [row] = read(text).rows
    return form().read(row.answers)


def cell(name: str, text: str) -> Any:
    quoted = text.replace('"', '""')
    return only_row(f'{name};address\n"{quoted}";Provgatan 1\n').get(name)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_semicolons_commas_and_tabs_part_the_cells(separator: str, ending: str) -> None:
    text = (
        separator.join(["Bostadens adress", "Slag?"]) + ending + separator.join(["Provgatan 1", "A"]) + ending
    )
    assert only_row(text) == {"address": "Provgatan 1", "kind": "A"}


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("posted_on", "2026-03-02", "2026-03-02"),
        ("posted_on", "20260302", "2026-03-02"),
        ("posted_on", "2/3 2026", "2026-03-02"),
        ("posted_on", "02.03.2026", "2026-03-02"),
        ("posted_on", "2 mars 2026", "2026-03-02"),
        ("posted_on", "2026/03/02", "2026-03-02"),
        ("received_at", "2026-03-02 08:30", "2026-03-02T07:30:00+00:00"),
        ("received_at", "2/3 2026 kl. 8.30", "2026-03-02T07:30:00+00:00"),
        ("received_at", "2026-03-02T08:30:15", "2026-03-02T07:30:00+00:00"),
        ("amount_due", "9 450,50 kr", "9450.50"),
        ("amount_due", "9\u00a0450", "9450.00"),
        ("amount_due", "9.450,50", "9450.50"),
        ("amount_due", "9450:-", "9450.00"),
        ("registered", "Ja", True),
        ("registered", "nej", False),
        ("registered", "x", True),
        ("kind", "a", "A"),
        ("kind", "STÖRNING", "B"),
        ("grounds", "Ljud | pets", ["noise", "pets"]),
    ],
)
def test_a_cell_is_read_as_swedes_write(name: str, written: str, kept: Any) -> None:
    assert cell(name, written) == kept


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("posted_on", "03/02/26"),
        ("posted_on", "2026-02-30"),
        ("posted_on", "31/2 2026"),
        ("received_at", "2026-03-02"),
        ("amount_due", "9.450"),
        ("amount_due", "=1+1"),
        ("registered", "kanske"),
        ("kind", "Ö"),
        ("grounds", "Ljud, Brand"),
    ],
)
def test_what_could_mean_something_else_is_refused_and_not_guessed(name: str, written: str) -> None:
    with pytest.raises(AnswersRefused) as refused:
        cell(name, written)
    assert set(refused.value.problems) == {name}


def test_a_formula_is_a_text_like_any_other() -> None:
    assert only_row('Bostadens adress\n"=HYPERLINK(""http://x"")"\n') == {"address": '=HYPERLINK("http://x")'}


def test_persons_stand_in_columns_of_their_own_in_any_order() -> None:
    text = (
        "Person 2: Namn;person 1 namn;persons 1: id_number;Bostadens adress\nB;A;198404152392;Provgatan 1\n"
    )
    assert only_row(text)["persons"] == [{"name": "A", "id_number": "19840415-2392"}, {"name": "B"}]


def test_rows_are_numbered_as_the_spreadsheet_does_and_empty_ones_are_no_rows() -> None:
    rows = read("Bostadens adress;Slag\nEtt;A\n;\n \nTvå;B\n").rows
    assert [(row.number, row.answers["address"]) for row in rows] == [(2, "Ett"), (5, "Två")]


def test_columns_that_nobody_asks_for_are_told_and_left() -> None:
    found = read("Bostadens adress;Kundnummer;\nEtt;77;\n")
    assert found.unread_columns == ("Kundnummer",)
    assert "77" not in str(found.rows)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Kundnummer;Saldo\n1;2\n", "Ingen kolumn"),
        ("Bostadens adress;address\n1;2\n", "två gånger"),
        ("Bostadens adress\n1;2\n", "fler celler"),
        ('Bostadens adress\n"Ett\n', "citattecknen"),
        ("Bostadens adress\n" + "Ett\n" * 11, "fler än 10 rader"),
        ("Bostadens adress\n" + "x" * 10_001 + "\n", "för lång"),
        ("Bostadens adress" + ";" * 300 + "\n", "för lång"),
    ],
)
def test_a_table_that_is_none_is_refused_with_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(ListRefused) as refused:
        read(text)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "text", ["{}", "[]", "[1]", "[[]]", "null", "[{]", '[{"a": NaN}]', "[" * 100_000, "1" * 5000, '"x"']
)
def test_json_that_is_no_list_of_notices_is_refused(text: str) -> None:
    with pytest.raises(ListRefused):
        read_json_list(text, most_rows=10)


def test_json_has_the_names_of_the_form_and_no_more_rows_than_a_table() -> None:
    rows = read_json_list('[{"address": "Ett"}, {"address": "Två"}]', most_rows=2).rows
    assert [(row.number, row.answers) for row in rows] == [(1, {"address": "Ett"}), (2, {"address": "Två"})]
    with pytest.raises(ListRefused):
        read_json_list('[{"address": "Ett"}, {"address": "Två"}]', most_rows=1)


def test_every_column_of_the_template_is_known_by_its_heading_and_by_its_name() -> None:
    columns = columns_of(form(), rows_of_tables=2)
    assert [column.name for column in columns][-2:] == ["persons-1-name", "persons-1-id_number"]
    read_again = read(";".join(f'"{column.heading}"' for column in columns) + "\nx\n")
    assert read_again.unread_columns == ()
