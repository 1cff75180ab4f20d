"""The statistics: what came in, how it went, how long it took and what was kept, without anybody being recognised.

Every number is of the supervisor's own administration and was counted beforehand (processes/actions/month_figures.py).
What is small is hidden, on the page and in the file alike (processes/rules/small_numbers.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, render_template, request

from app.charts import hatchings
from app.csv_export import csv_response
from app.labels import label
from app.statistics_tables import Table, headlines_of, month_words, tables_of, told
from app.texts import in_swedish
from app.web import running_system, signed_in
from processes.clock import swedish_day
from processes.models import Caseworker
from processes.queries.diagrams import current_diagrams
from processes.queries.heat_map import step_names
from processes.queries.statistics import Choice, Figures, counted_months, figures_of
from processes.rules.measures import ALL, MEASURES
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.rules.units import UNIT_NAMES
from processes.unit_of_work import UnitOfWork

pages = Blueprint("statistics", __name__, url_prefix="/arbetsledning/statistik")

MONTHS_SHOWN = 12
"""The period until somebody chooses another one, the current month included."""
NO_DISTRICT = "utan"
"""Stands in the address for homes of which no district was said."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a page and a file are made of."""

    choice: Choice
    months: list[date]
    figures: Figures
    counted_at: datetime | None
    step_names: dict[str, str]
    process_titles: dict[str, str]

    @property
    def districts(self) -> list[str]:
        """The districts to choose from: those of the period, by name, and the one that is chosen."""
        chosen = set() if self.choice.district == ALL else {self.choice.district}
        return sorted(set(self.figures.by_district) | chosen)

    @property
    def tables(self) -> list[Table]:
        return tables_of(self.figures, self.choice, self.step_names)


@pages.get("")
def show() -> str:
    """The page, narrowed to what its address says."""
    with running_system().reading() as work:
        found = _found(work, signed_in(work))
        return render_template(
            "supervision/statistics.html",
            found=found,
            tables=found.tables,
            headlines=headlines_of(found.figures),
            told=told,
            month_words=month_words,
            measures=MEASURES,
            units=UNIT_NAMES,
            kinds=NOTICE_KINDS,
            ALL=ALL,
            NO_DISTRICT=NO_DISTRICT,
            hatchings=hatchings(),
            is_narrowed_to_tasks=bool(found.choice.unit or found.choice.process),
        )


@pages.get("/statistik.csv")
def export() -> Response:
    """The same numbers as a file for a spreadsheet; it names no case and nobody but landlords that are companies."""
    with running_system().reading() as work, in_swedish():
        found = _found(work, signed_in(work))
        choice = found.choice
        about = (
            f"{choice.first:%Y-%m}",
            f"{choice.last:%Y-%m}",
            "Alla" if choice.district == ALL else choice.district or "Inte angivet",
            "Alla" if choice.notice_kind == ALL else choice.notice_kind,
        )
        of_tasks = (
            label("unit", choice.unit) if choice.unit else "Alla",
            found.process_titles.get(choice.process, "Alla"),
        )
        header = (
            "Från", "Till", "Stadsområde", "Typ", "Enhet", "Process", "Mått", "Del", "Antal", "Uppgift", "Värde"
        )  # fmt: skip
        rows: list[tuple[str | int, ...]] = []
        for table in found.tables:
            narrowed = of_tasks if table.measure.of_tasks else ("Alla", "Alla")
            rows += [(*about, *narrowed, *one) for one in _csv_rows(table)]
        return csv_response("statistik", header, rows)


def _csv_rows(table: Table) -> list[tuple[str | int, ...]]:
    rows: list[tuple[str | int, ...]] = []
    if table.total is not None:
        rows.append((table.title, "Totalt", _cell(table.total), "", ""))
    for row in table.rows:
        rows.append((table.title, row.name, _cell(row.shown), "", ""))
        rows += [
            (table.title, row.name, "", heading, value)
            for heading, value in zip(table.extra, row.extra, strict=False)
            if value
        ]
    return rows


def _cell(shown: Any) -> str | int:
    return shown.number if shown.number is not None else told(shown)


def _found(work: UnitOfWork, caseworker: Caseworker) -> Found:
    counted = counted_months(work.session, caseworker)
    choice = _choice(list(counted), swedish_day(work.now).replace(day=1))
    return Found(
        choice,
        list(counted),
        figures_of(work.session, caseworker, choice),
        max(counted.values(), default=None),
        step_names(work.session, work.diagrams),
        {one.process_key: one.title for one in current_diagrams(work.session)},
    )


def _choice(months: list[date], this: date) -> Choice:
    """What the address asks for; whatever is no choice is left out."""
    months = months or [this]
    first = _month("fran", months, months[-MONTHS_SHOWN] if len(months) >= MONTHS_SHOWN else months[0])
    last = _month("till", months, months[-1])
    district = request.args.get("omrade", "")[:60]
    kind, unit = request.args.get("typ", ""), request.args.get("enhet", "")
    return Choice(
        min(first, last),
        max(first, last),
        district={"": ALL, NO_DISTRICT: ""}.get(district, district),
        notice_kind=kind if kind in NOTICE_KINDS else ALL,
        unit=unit if unit in {str(one) for one in UNIT_NAMES} else "",
        process=request.args.get("process", "")[:100],
    )


def _month(name: str, months: list[date], otherwise: date) -> date:
    asked = request.args.get(name, "")
    return next((month for month in months if f"{month:%Y-%m}" == asked), otherwise)
