"""Cases are found by those of their administration: by number, by home, in pages, with all that belongs to them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from processes.errors import CaseNotFound
from processes.queries.cases import (
    address_key,
    get_case,
    get_case_by_number,
    get_case_file,
    open_cases,
    open_cases_about,
)
from tests.city import City


def number_of(case_id: int) -> str:
    return f"KVB 2026-{case_id:06d}"


@pytest.fixture
def case_ids(city: City) -> list[int]:
    return [city.register(address=f"Provgatan {number}") for number in range(1, 8)]


@pytest.mark.parametrize(
    ("address", "apartment", "is_same"),
    [
        ("PROVGATAN 1", "1101", True),
        (" Provgatan  1. ", "11 01", True),
        ("Provgatan 11", "01", False),
        ("Provgatan 1", "1102", False),
        ("Provgatan 1", "", False),
        ("Provgåtan 1", "1101", False),
    ],
)
def test_the_same_home_is_recognised_however_it_is_written(
    address: str, apartment: str, is_same: bool
) -> None:
    assert (address_key(address, apartment) == address_key("Provgatan 1", "1101")) is is_same


def test_open_cases_about_a_home_leave_out_closed_ones_and_other_administrations(
    city: City, case_ids: list[int]
) -> None:
    with city.runtime.transaction() as work:
        assert [case.id for case in open_cases_about(work.session, "hisingen", "Provgatan 2", "1101")] == [
            case_ids[1]
        ]
        assert open_cases_about(work.session, "sydvast", "Provgatan 2", "1101") == []
        work.lock(case_ids[1]).closed_at = work.now
        work.session.flush()
        assert open_cases_about(work.session, "hisingen", "Provgatan 2", "1101") == []


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_leafing_through_the_cases_shows_each_once_the_newest_first(
    city: City, case_ids: list[int], size: int
) -> None:
    found: list[int] = []
    after: str | None = None
    with city.runtime.reading() as work:
        while True:
            page = open_cases(work.session, city.person(work, "siv"), work.now, after=after, size=size)
            found += [case.id for case in page.cases]
            after = page.next_after
            if after is None:
                break
    assert found == sorted(case_ids, reverse=True)


def searched(city: City, text: str, username: str = "siv") -> list[int]:
    with city.runtime.reading() as work:
        return [
            c.id for c in open_cases(work.session, city.person(work, username), work.now, search=text).cases
        ]


def test_a_case_is_found_by_its_number_or_the_end_of_it(city: City, case_ids: list[int]) -> None:
    assert searched(city, number_of(case_ids[2])) == [case_ids[2]]
    assert searched(city, number_of(case_ids[2]).lower()) == [case_ids[2]]
    assert searched(city, str(case_ids[2])) == [case_ids[2]]
    assert searched(city, "KVB 2026") == sorted(case_ids, reverse=True)


@pytest.mark.parametrize("text", ["%", "_", "KVB%", "9" * 40, "’; DROP TABLE cases", "KVB 1999"])
def test_a_search_finds_nothing_that_was_not_asked_for(city: City, case_ids: list[int], text: str) -> None:
    assert searched(city, text) == []


def test_a_closed_case_is_found_by_its_number_only(city: City, case_ids: list[int]) -> None:
    with city.runtime.transaction() as work:
        work.lock(case_ids[0]).closed_at = work.now
    assert case_ids[0] not in searched(city, "")
    assert searched(city, number_of(case_ids[0])) == [case_ids[0]]


def test_another_administration_finds_nothing(city: City, case_ids: list[int]) -> None:
    assert searched(city, "", "disa") == searched(city, str(case_ids[0]), "disa") == []
    with city.runtime.reading() as work:
        disa = city.person(work, "disa")
        with pytest.raises(CaseNotFound):
            get_case(work.session, case_ids[0], disa, work.now)
        with pytest.raises(CaseNotFound):
            get_case_by_number(work.session, number_of(case_ids[0]), disa, work.now)


def test_what_belongs_to_a_case_is_read_in_as_many_statements_however_much_it_is(city: City) -> None:
    def statements(case_id: int) -> int:
        heard: list[str] = []
        with city.runtime.reading() as work:
            siv = city.person(work, "siv")
            case = get_case(work.session, case_id, siv, work.now)
            event.listen(
                work.session.connection(), "before_cursor_execute", lambda *call: heard.append(call[2])
            )
            get_case_file(work.session, case, siv, work.now)
        return len(heard)

    case_id = city.register()
    few = statements(case_id)
    for minute in range(10, 16):
        again = {"case_choice": "existing", "case_number": number_of(case_id)}
        city.register(received_at=f"2026-03-02T08:{minute}", **again)
    assert statements(case_id) == few


def test_the_file_of_a_case_has_nothing_of_another(city: City, case_ids: list[int]) -> None:
    with city.runtime.reading() as work:
        siv = city.person(work, "siv")
        case = get_case(work.session, case_ids[3], siv, work.now)
        file = get_case_file(work.session, case, siv, work.now)
        rows: list[Any] = [
            *file.notices,
            *file.deadlines,
            *file.open_tasks,
            *file.events,
            *file.journal,
            *file.processes,
        ]
        assert {row.case_id for row in rows} == {case_ids[3]}
        assert [notice.kind for notice in file.notices] == ["A"]
        lines = [line.id for line in file.journal]
        assert lines == sorted(lines, reverse=True)
