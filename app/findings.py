"""The supervisor's list of what is stuck: what it is, since when, why it matters and what to do; and silence on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.display import day
from app.finding_words import SEVERITIES, STATES, since_when, teller
from app.redisplay import shows_again
from app.texts import t
from app.web import place_in_list, running_system, signed_in
from processes.actions.findings import LONGEST_SILENCE_DAYS, lift_silence, silence_finding
from processes.errors import AnswersRefused
from processes.queries.findings import (
    OPEN,
    FindingCount,
    Wanted,
    count_findings,
    earlier_findings,
    findings_of,
    get_finding,
    silences_of,
)
from processes.queries.people import staff_names
from processes.rules.stuck import CHECKS
from processes.rules.units import UNIT_NAMES

pages = Blueprint("findings", __name__, url_prefix="/arbetsledning/fynd")
pages.add_app_template_filter(since_when)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """How many open findings a unit has, by severity."""

    unit: str
    numbers: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.numbers.values())


@pages.get("")
def show() -> str:
    """The findings that are asked for, a page at a time, with how many there are by unit and severity."""
    wanted, after = _wanted(), place_in_list(request.args.get("efter"))
    with running_system().reading() as work:
        caseworker = signed_in(work)
        counts = count_findings(work.session, caseworker, work.now)
        last = int(after) if after and after.isdecimal() else None
        page = findings_of(work.session, caseworker, work.now, wanted, after=last)
        lines = _by_unit(counts)
        return render_template(
            "findings/list.html",
            told=list(map(teller(work), page.findings)),
            next_after=page.next_after,
            is_first=after is None,
            wanted=wanted,
            chosen=_chosen(wanted),
            lines=lines,
            totals={severity: sum(line.numbers[severity] for line in lines) for severity in SEVERITIES},
            by_check=_by_check(counts),
            severities=SEVERITIES,
            states=STATES,
            units=UNIT_NAMES,
            checks=CHECKS,
        )


@pages.get("/<id:finding_id>")
def one(finding_id: int) -> str:
    """One finding with its history, and the form to silence it."""
    return _page(finding_id, {})


@pages.post("/<id:finding_id>/tysta")
def silence(finding_id: int) -> Response | tuple[str, int]:
    """Let it be silent to a day, for a reason."""
    try:
        with running_system().transaction() as work:
            finding = silence_finding(
                work,
                finding_id=finding_id,
                caseworker=signed_in(work),
                reason=request.form.get("reason", ""),
                until=_day(request.form.get("until", "")),
            )
            until = finding.silenced_until
    except AnswersRefused as refused:
        return _page(finding_id, refused.problems), 400
    flash(t("Fyndet är tystat till och med {day}.", day=day(until)))
    return redirect(url_for("findings.one", finding_id=finding_id))


@pages.post("/<id:finding_id>/hor")
def hear(finding_id: int) -> Response:
    """End the silence before its day."""
    with running_system().transaction() as work:
        lift_silence(work, finding_id=finding_id, caseworker=signed_in(work))
    flash(t("Fyndet visas igen."))
    return redirect(url_for("findings.one", finding_id=finding_id))


@shows_again("findings.silence")
def _stale(finding_id: int, trouble: str) -> str:
    return _page(finding_id, {}, trouble)


def _page(finding_id: int, problems: dict[str, str], trouble: str = "") -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        finding = get_finding(work.session, finding_id, caseworker, work.now)
        return render_template(
            "findings/finding.html",
            told=teller(work)(finding),
            silences=silences_of(work.session, finding),
            earlier=earlier_findings(work.session, finding),
            names=staff_names(work.session, finding.administration_key),
            most_days=LONGEST_SILENCE_DAYS,
            problems=problems,
            trouble=trouble,
            typed=request.form,
        )


def _wanted() -> Wanted:
    """What the address asks for; what no page of ours writes asks for nothing."""
    state, unit = request.args.get("visa", OPEN), request.args.get("enhet", "")
    severity, check = request.args.get("allvar", ""), request.args.get("kontroll", "")
    return Wanted(
        state=state if state in STATES else OPEN,
        unit=unit if unit in {str(one) for one in UNIT_NAMES} else "",
        severity=int(severity) if severity in {str(one) for one in SEVERITIES} else None,
        check_key=check if check in CHECKS else "",
    )


def _chosen(wanted: Wanted) -> dict[str, str | int]:
    """The same in an address, without what asks for nothing."""
    said = {
        "visa": "" if wanted.state == OPEN else wanted.state,
        "enhet": wanted.unit,
        "allvar": wanted.severity or "",
        "kontroll": wanted.check_key,
    }
    return {name: value for name, value in said.items() if value}


def _by_unit(counts: list[FindingCount]) -> list[UnitLine]:
    units = [str(unit) for unit in UNIT_NAMES if str(unit) in {one.unit for one in counts}]
    return [
        UnitLine(
            unit,
            {
                severity: sum(one.how_many for one in counts if (one.unit, one.severity) == (unit, severity))
                for severity in SEVERITIES
            },
        )
        for unit in units
    ]


def _by_check(counts: list[FindingCount]) -> dict[str, int]:
    """How many each check has found, in the order of the table of checks."""
    found = {key: sum(one.how_many for one in counts if one.check_key == key) for key in CHECKS}
    return {key: number for key, number in found.items() if number}


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
