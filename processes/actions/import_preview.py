"""Shows what registering a file would meet, row by row, before it is done: errors, known homes, uncertain days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from processes.actions.imports import import_form, rows_of, titles_of
from processes.actions.stated_notices import marks_of, notice_stating
from processes.errors import AnswersRefused
from processes.models import Case, Caseworker, ImportBatch
from processes.queries.cases import address_key
from processes.queries.choices import choices_in
from processes.queries.imports import CasesAboutHomes, cases_about, notices_in
from processes.queries.snapshots import notice_seen
from processes.rules.deadlines.of_case import dates_of_notice
from processes.rules.explanation import Explanation
from processes.rules.snapshot import CaseSnapshot
from processes.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A row as it would be registered."""

    number: int
    said: Mapping[str, Any]
    """The answers as read; as they stand in the file if they were refused."""
    problems: Mapping[str, str] = field(default_factory=dict)
    """By the field's title, in Swedish."""
    cases: tuple[Case, ...] = ()
    """Open cases about the same home that the person may see."""
    has_hidden_case: bool = False
    """There is also one that the person may not see."""
    same_home: tuple[int, ...] = ()
    """Earlier rows about the same home."""
    registered_as: int | None = None
    """The same notice is registered already, under this number."""
    same_as: int | None = None
    """An earlier row is the same notice."""
    dates: tuple[Explanation, ...] = ()
    """The running dates that the notice gives."""

    @property
    def can_be_chosen(self) -> bool:
        return not self.problems and self.registered_as is None

    @property
    def asks_for_case(self) -> bool:
        """It must be said where the row belongs."""
        return self.can_be_chosen and bool(self.cases or self.has_hidden_case or self.same_home)

    @property
    def is_clean(self) -> bool:
        """Nothing has to be said about it."""
        return self.can_be_chosen and not self.asks_for_case


def preview(work: UnitOfWork, batch: ImportBatch, caseworker: Caseworker) -> list[RowSeen]:
    """The rows of a file that waits, each as registering it would find it; reads and changes nothing."""
    form = import_form(work)
    choices = choices_in(work.session, None, caseworker, work.now).at(work.now)
    read: list[RowSeen] = []
    for row in rows_of(batch):
        try:
            read.append(RowSeen(row.number, form.read(row.answers, choices)))
        except AnswersRefused as refused:
            titles = titles_of(form, refused.problems)
            problems = {titles[name]: told for name, told in refused.problems.items()}
            read.append(RowSeen(row.number, _as_written(row.answers), problems))
    homes = {_home(row.said) for row in read if not row.problems}
    about = cases_about(work.session, caseworker, work.now, homes)
    visible = [case.id for cases in about.visible.values() for case in cases]
    known = notices_in(work.session, visible)
    return list(_compared(work, caseworker, read, about, known))


def _as_written(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What can be shown of answers that were refused: a list from outside can hold anything."""
    return {name: value for name, value in answers.items() if isinstance(value, str)}


def _home(said: Mapping[str, Any]) -> str:
    return address_key(said["address"], said.get("apartment") or "")


def _compared(
    work: UnitOfWork,
    caseworker: Caseworker,
    rows: list[RowSeen],
    about: CasesAboutHomes,
    known: Mapping[int, list[tuple[int, dict[str, object]]]],
) -> Iterator[RowSeen]:
    """The rows compared with the cases, and with the rows before them."""
    earlier: defaultdict[str, list[RowSeen]] = defaultdict(list)
    for row in rows:
        if row.problems:
            yield row
            continue
        home, marks = _home(row.said), marks_of(row.said)
        cases = tuple(about.visible.get(home, ()))
        same = (one.number for one in earlier[home] if marks_of(one.said) == marks)
        registered = (number for case in cases for number, is_of in known.get(case.id, ()) if is_of == marks)
        yield RowSeen(
            row.number,
            row.said,
            cases=cases,
            has_hidden_case=home in about.hidden,
            same_home=tuple(one.number for one in earlier[home]),
            registered_as=next(registered, None),
            same_as=next(same, None),
            dates=_dates(work, caseworker, row.said),
        )
        earlier[home].append(row)


def _dates(work: UnitOfWork, caseworker: Caseworker, said: Mapping[str, Any]) -> tuple[Explanation, ...]:
    notice = notice_stating(said)
    notice.id, notice.defendants = 0, []
    seen = notice_seen(notice)
    picture = CaseSnapshot(
        case_id=0,
        number="",
        administration=caseworker.administration_key,
        opened_at=work.now,
        contract_kind=said["contract_kind"],
        notices=(seen,),
        policy=work.policy.in_administration(caseworker.administration_key),
    )
    return tuple(date for date in dates_of_notice(picture, seen) if date.on is not None)
