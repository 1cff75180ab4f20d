"""Counts the main statutory days from the rows of a case with a calendar of its own, by no rule of the system's.

Written from the register of deadlines: D-01 and D-09 (JB 12:44), D-03, D-10 (SoF 11:3), D-11 to D-13 and D-15 (SoL 20
and 23), D-16, D-17 (the first guide), D-18 and D-20.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from processes.clock import swedish_day
from processes.models import Case, Deadline, Notice
from processes.models.cases import Dwelling
from tests.any_order.picture import Picture

ONE_DAY = timedelta(days=1)
NOT_OURS = ("forward", "not_for_us")


@cache
def days_off(year: int) -> frozenset[date]:
    """The days of lag 1989:253 and the three eves of lag 1930:173, Saturdays and Sundays left out."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    moon = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * moon) // 451
    month, day = divmod(h + moon - 7 * m + 114, 31)
    easter = date(year, month, day + 1)
    around = {easter + timedelta(days=days) for days in (-2, 1, 39)}
    fixed = {
        date(year, *one) for one in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
    }
    midsummer = next(date(year, 6, day) for day in range(20, 27) if date(year, 6, day).weekday() == 5)
    return frozenset(around | fixed | {midsummer - ONE_DAY})


def is_off(day: date) -> bool:
    """Whether what is due on the day may wait (lag 1930:173 2 s.)."""
    return day.weekday() >= 5 or day in days_off(day.year)


def rolled(day: date) -> date:
    """The day, or the first ordinary day after it."""
    while is_off(day):
        day += ONE_DAY
    return day


def months_later(day: date, months: int) -> date:
    """The same number of the month, or its last day."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
    return first + timedelta(days=min(day.day, last.day) - 1)


def working_days_before(day: date, count: int) -> date:
    """So many ordinary days before."""
    while count:
        day -= ONE_DAY
        count -= not is_off(day)
    return day


@dataclass(frozen=True)
class Last:
    """A last day, and whether it may turn out to be another."""

    on: date
    is_provisional: bool = False


def recovery_ends_on(notice: Any) -> Last | None:
    """D-01: three weeks from the later of service and the message to the board; None without a right to recover."""
    if notice.kind not in "ABCD" or "arrears" not in notice.grounds or notice.must_move_anyway:
        return None
    if notice.stance in NOT_OURS:
        return None
    came_on = swedish_day(notice.received_at)
    is_posted = notice.posted_registered and notice.posted_on is not None
    given_on = notice.posted_on if is_posted else came_on
    starts = [given_on, *(one for one in (notice.served_on or notice.notice_dated_on,) if one is not None)]
    is_sure = notice.served_on is not None and notice.served_confirmed
    is_sure = is_sure and (is_posted or not notice.posted_registered)
    return Last(rolled(max(starts) + timedelta(weeks=3)), not is_sure)


def _instant(said: dict[str, Any], event: Any, key: str) -> datetime:
    return datetime.fromisoformat(said[key]) if said.get(key) else event.at


def eviction_on(picture: Picture, case_id: int) -> Last | None:
    """D-18: the newest day that Kronofogden has named, unless it has withdrawn since."""
    named: list[tuple[datetime, Last]] = []
    withdrawn: list[datetime] = []
    for notice in picture.notices(case_id):
        if notice.stance in NOT_OURS:
            continue
        if notice.kind in "FGI" and notice.eviction_at is not None:
            named.append((notice.received_at, Last(swedish_day(notice.eviction_at))))
        if notice.kind == "H":
            withdrawn.append(notice.received_at)
    for event in picture.events(
        case_id, "kfm.underrattelse", "kfm.nyTid", "kfm.anstand.svar", "kfm.aterkallad"
    ):
        said, told_at = event.payload, _instant(event.payload, event, "received_at")
        if event.name == "kfm.aterkallad":
            withdrawn.append(told_at)
        elif event.name != "kfm.anstand.svar" and said.get("eviction_at"):
            named.append((told_at, Last(swedish_day(datetime.fromisoformat(said["eviction_at"])))))
        elif said.get("answer") in ("granted", "partly") and said.get("until"):
            named.append((told_at, Last(date.fromisoformat(said["until"]), is_provisional=True)))
    if not named:
        return None
    newest_at, newest = max(enumerate(named), key=lambda one: (one[1][0], one[0]))[1]
    return None if any(at >= newest_at for at in withdrawn) else newest


Count = Callable[[Picture, Any], "Last | None"]


def _of_notice(count: Callable[[Any], Last | None]) -> Count:
    def counted(picture: Picture, row: Any) -> Last | None:
        return count(picture.by_id(Notice)[int(row.subject.split(":")[-1])])

    return counted


def _confirmation(notice: Any) -> Last:
    return Last(rolled(swedish_day(notice.received_at)))


def _of_report(count: Callable[[Picture, Any, Any], Last | None]) -> Count:
    def counted(picture: Picture, row: Any) -> Last | None:
        number = int(row.subject.split(":")[-1])
        [report] = [one for one in picture.events(row.case_id, "orosanmalan.inkom") if one.scope_id == number]
        return count(picture, row, report)

    return counted


def _about(picture: Picture, report: Any, *names: str) -> list[Any]:
    return picture.events(report.case_id, *names, scope=("report", report.scope_id))


def _assessment(_picture: Picture, _row: Any, report: Any) -> Last:
    return Last(swedish_day(_instant(report.payload, report, "received_at")))


def _extended(picture: Picture, report: Any, name: str, found: date) -> Last:
    given = [one.payload["until"] for one in _about(picture, report, name) if one.payload.get("until")]
    return Last(date.fromisoformat(given[-1]) if given else found)


def _decision(picture: Picture, row: Any, report: Any) -> Last:
    in_14_days = _assessment(picture, row, report).on + timedelta(days=14)
    return _extended(picture, report, "forhandsbedomning.forlangd", in_14_days)


def _day(event: Any, *keys: str) -> date:
    for key in keys:
        said = event.payload.get(key)
        if said:
            return date.fromisoformat(said) if len(said) == 10 else swedish_day(datetime.fromisoformat(said))
    return swedish_day(event.at)


def _investigation(picture: Picture, _row: Any, report: Any) -> Last:
    opened = _about(picture, report, "barnutredning.inledd")
    first = min(_day(one, "opened_on", "decided_on") for one in opened)
    return _extended(picture, report, "barnutredning.forlangd", months_later(first, 4))


def _follow_up(picture: Picture, _row: Any, report: Any) -> Last:
    return Last(months_later(_day(_about(picture, report, "barnutredning.avslutad")[-1], "closed_on"), 6))


def _eviction(picture: Picture, row: Any) -> Last | None:
    return eviction_on(picture, row.case_id)


def _deferral(picture: Picture, row: Any) -> Last | None:
    found = eviction_on(picture, row.case_id)
    return Last(working_days_before(found.on, 2), found.is_provisional) if found else None


COUNTED: dict[str, Count] = {
    "D-01": _of_notice(recovery_ends_on),
    "D-03": _of_notice(recovery_ends_on),
    "D-09": _of_notice(recovery_ends_on),
    "D-10": _of_notice(_confirmation),
    "D-11": _of_report(_assessment),
    "D-12": _of_report(_decision),
    "D-13": _of_report(_investigation),
    "D-15": _of_report(_follow_up),
    "D-18": _eviction,
    "D-20": _deferral,
}
"""How each is counted; the others are compared with the rules' own count (`dates_differ`)."""


def wrong_days(picture: Picture) -> Iterator[str]:
    """Every date kept of an open case that is not as counted here, and every one that should be kept and is not."""
    is_open = {case.id: case for case in picture.of(Case, closed_at=None)}
    current = picture.of(Deadline, is_current=True)
    for row in current:
        if row.case_id not in is_open:
            yield f"{row.rule} runs on in a closed case"
        elif row.rule in COUNTED:
            found = COUNTED[row.rule](picture, row)
            if found is None or (found.on, found.is_provisional) != (row.falls_on, row.is_provisional):
                yield f"{row.rule} {row.subject}: kept {row.falls_on} {row.is_provisional}, counted {found}"
    kept = {(row.case_id, row.rule, row.subject.split(":")[-1]) for row in current}
    for case_id in is_open:
        yield from _forgotten(picture, case_id, kept)


def _forgotten(picture: Picture, case_id: int, kept: set[tuple[int, str, str]]) -> Iterator[str]:
    case = picture.by_id(Case)[case_id]
    is_cooperative = picture.by_id(Dwelling)[case.dwelling_id].contract_kind == "cooperative"
    for notice in picture.notices(case_id):
        about = ("notice", notice.id)
        settling = ("hyra.betald", "atagande.postat", "frist.avgjord")
        rule = "D-09" if is_cooperative else "D-01"
        is_watched = (case_id, rule, str(notice.id)) in kept
        told = picture.events(case_id, *settling, scope=about) or picture.events(case_id, "frist.avgjord")
        if recovery_ends_on(notice) is not None and not told and not is_watched:
            yield f"{rule} of notice {notice.id} is forgotten"
        confirmed = picture.events(case_id, "bekraftelse.skickad", scope=about)
        if notice.kind in "FGI" and not confirmed and (case_id, "D-10", str(notice.id)) not in kept:
            yield f"D-10 of notice {notice.id} is forgotten"
    for report in picture.events(case_id, "orosanmalan.inkom"):
        done = _about(picture, report, "skyddsbedomning.gjord", "orosanmalan.avslutad")
        if not done and (case_id, "D-11", str(report.scope_id)) not in kept:
            yield f"D-11 of report {report.scope_id} is forgotten"
    eviction = eviction_on(picture, case_id)
    is_over = picture.events(case_id, "kfm.verkstalld")
    if eviction and not is_over and not any(key[:2] == (case_id, "D-18") for key in kept):
        yield "D-18 is forgotten"
