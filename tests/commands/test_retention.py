"""At a terminal one sees what is to be destroyed, and records what was decided; nothing is destroyed there."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, update

from app.cli import main
from processes.models import Case, DestructionEntry, RetentionDecision
from processes.runtime import Runtime
from tests.city import City

DECIDE = ("retention", "decide", "hisingen", "--municipality", "Exempelköping", "--reference", "SN 2026/12")


@pytest.fixture
def run(city: City, monkeypatch: pytest.MonkeyPatch):
    """The command on the city's database and clock."""
    monkeypatch.setattr(Runtime, "open", lambda *_, **__: city.runtime)
    monkeypatch.setattr(Runtime, "close", lambda _: None)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments)

    return invoke


def closed_six_years_ago(city: City) -> int:
    case_id = city.register()
    city.register(apartment="1302")
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).where(Case.id == case_id).values(closed_at=work.now))
    city.clock.move_to(work.now.replace(year=2032))
    return case_id


def test_what_is_to_be_destroyed_is_listed_and_nothing_changes(city: City, run) -> None:
    case_id = closed_six_years_ago(city)
    assert run(*DECIDE, "--destroy").exit_code == 0
    told = run("retention", "preview", "hisingen")
    assert told.exit_code == 0
    assert f"KVB 2026-{case_id:06d}  last note 2026-03-02" in told.output
    assert "1 to be destroyed, 0 kept. Nothing was changed." in told.output
    with city.runtime.reading() as work:
        assert work.session.scalar(select(func.count(Case.id))) == 2
        assert work.session.scalars(select(DestructionEntry)).all() == []


def test_until_something_is_decided_everything_is_kept_and_so_it_is_where_that_is_the_decision(
    city: City, run
) -> None:
    closed_six_years_ago(city)
    undecided = run("retention", "preview", "hisingen").output
    assert "Nothing has been decided for this administration: everything is kept." in undecided
    run(*DECIDE, "--destroy")
    run(*DECIDE, "--keep")
    kept = run("retention", "preview", "hisingen").output
    assert "kept: 1  Kommunen gallrar inte (SoF 13:1)." in kept
    assert "0 to be destroyed, 1 kept." in kept


def test_a_decision_is_added_to_the_earlier_ones(city: City, run) -> None:
    run(*DECIDE, "--destroy")
    run(*DECIDE, "--destroy", "--research-birthday", "7")
    with city.runtime.reading() as work:
        rows = work.session.scalars(select(RetentionDecision).order_by(RetentionDecision.id)).all()
        assert [row.research_birthdays for row in rows] == [[5, 15, 25], [7]]


@pytest.mark.parametrize(
    "wrong",
    [
        ("retention", "preview", "atlantis"),
        ("retention", "decide", "atlantis", "--municipality", "A", "--reference", "B", "--keep"),
        DECIDE,
        (*DECIDE, "--keep", "--research-birthday", "32"),
    ],
)
def test_what_cannot_be_is_refused(city: City, run, wrong: tuple[str, ...]) -> None:
    assert run(*wrong).exit_code == 2
