"""`kvarboende log verify` finds tampering with the logs and says where."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from app.cli import main
from processes.actions.read_log import write_read
from tests.city import City


def verify(city: City, *arguments: str) -> Result:
    url = city.runtime.engine.url.render_as_string(hide_password=False)
    environment = {"KVARBOENDE_DATABASE_URL": url, "KVARBOENDE_SECRET_KEY": "only-for-tests-" * 3}
    return CliRunner().invoke(main, ["log", "verify", *arguments], env=environment)


@pytest.fixture
def read_city(city: City) -> City:
    """A city with one case that has been read twice."""
    case_id = city.register()
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        for _ in range(2):
            write_read(work, caseworker=anna, case_id=case_id, what="cases.show")
    return city


def test_untouched_logs_are_well_and_a_kept_end_proves_it_later(read_city: City) -> None:
    told = verify(read_city)
    assert (told.exit_code, "WRONG" in told.output) == (0, False)
    anchor = told.output.splitlines()[-1]
    assert anchor.startswith("reads:hisingen:2:")
    assert verify(read_city, "--anchor", anchor).exit_code == 0
    made_anew = verify(read_city, "--anchor", f"{anchor[:-1]}x")
    assert made_anew.exit_code == 1
    assert "WRONG   reads:hisingen, row 2: is not the row that was anchored" in made_anew.output


def test_a_changed_row_is_told_with_its_place(read_city: City) -> None:
    with read_city.runtime.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE read_entries DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER read_entries_not_changed"))
        connection.execute(text("UPDATE read_entries SET what = 'x' WHERE number = 1"))
    told = verify(read_city)
    assert told.exit_code == 1
    assert "WRONG   reads:hisingen, row 1: was changed" in told.output


def test_an_anchor_that_is_none_is_refused(read_city: City) -> None:
    assert verify(read_city, "--anchor", "reads:hisingen").exit_code == 2
