"""Finds cases that nobody leads, notices that nobody answers, and letters, mails and alarms that reach nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, cast, exists, func, null, or_, select
from sqlalchemy.orm import aliased

from processes.models import (
    Absence,
    Case,
    Caseworker,
    Dwelling,
    Letter,
    Mail,
    Notice,
    Notification,
    Person,
)
from processes.queries.findings_asked import Asked, Rows, away_today, has_left, is_away, is_recused, rows
from processes.rules.mail import ALARM, ESCALATION
from processes.rules.notice_kinds import NOTICE_KINDS

NO_HOMES = ("uppgesinte#", "#", "okänd#", "okänt#", "saknas#")
"""What stands for an address that nobody has said, as `address_key` writes it."""
_NOT_FROM_KFM = [kind.letter for kind in NOTICE_KINDS.values() if not kind.is_from_kfm]
RESPONSIBLE = aliased(Caseworker)


def nobody_responsible(asked: Asked) -> Rows:
    """It has been open for days and nobody answers for it."""
    limit = asked.working_days_ago(asked.limits.responsible_working_days)
    return _cases(Case.opened_at, Case.responsible_id.is_(None), Case.opened_at < limit)


def nobody_substitute(asked: Asked) -> Rows:
    """Nobody takes over when who is responsible is away."""
    limit = asked.working_days_ago(asked.limits.substitute_working_days)
    return (
        _cases(Case.opened_at, Case.substitute_id.is_(None), Case.opened_at < limit)
        .add_columns(RESPONSIBLE.name.label("person"))
        .join(RESPONSIBLE, RESPONSIBLE.id == Case.responsible_id)
    )


def responsible_left(_asked: Asked) -> Rows:
    """Who is responsible, or stands in, works here no more or has a conflict of interest."""
    people = (Case.responsible_id, Case.substitute_id)
    is_gone = [or_(has_left(each), is_recused(each, Case.id)) for each in people]
    gone = aliased(Caseworker)
    name = select(func.min(gone.name)).where(
        or_(*(((gone.id == each) & away) for each, away in zip(people, is_gone, strict=True)))
    )
    return _cases(Case.opened_at, or_(*is_gone)).add_columns(name.scalar_subquery().label("person"))


def both_away(asked: Asked) -> Rows:
    """Who is responsible is absent today, and nobody is here to take over."""
    nobody_here = or_(Case.substitute_id.is_(None), is_away(Case.substitute_id, asked.today))
    return (
        _cases(Absence.starts_on, nobody_here)
        .add_columns(RESPONSIBLE.name.label("person"), Absence.ends_on.label("away_on"))
        .join(RESPONSIBLE, RESPONSIBLE.id == Case.responsible_id)
        .join(Absence, (Absence.caseworker_id == RESPONSIBLE.id))
        .where(*away_today(Absence, asked.today))
    )


def _cases(since: Any, *conditions: ColumnElement[bool]) -> Rows:
    return rows(Case.id, since, null()).where(Case.closed_at.is_(None), *conditions)


def without_stance(asked: Asked) -> Rows:
    """A notice has lain for days and nobody has taken a position on it."""
    limit = asked.working_days_ago(asked.limits.stance_working_days)
    return (
        rows(Notice.id, Notice.registered_at, null())
        .join(Case, Case.id == Notice.case_id)
        .where(
            Notice.stance.is_(None),
            Notice.duplicate_of_id.is_(None),
            Notice.kind.in_(_NOT_FROM_KFM),
            Notice.registered_at < limit,
            Case.closed_at.is_(None),
        )
    )


def home_has_two(_asked: Asked) -> Rows:
    """An older case of the administration about the same home, or the same contract holder, is open too.

    Asked case by case inside the statement, so that it costs a few look-ups in indexes for each open case.
    """
    other = func.coalesce(_older_about_home(), _older_about_holder())
    return rows(Case.id, Case.opened_at, null(), other_case=other).where(
        Case.closed_at.is_(None), other.is_not(None)
    )


def _older_about_home() -> ScalarSelect[Any]:
    older, home, same_home = aliased(Case), aliased(Dwelling), aliased(Dwelling)
    return (
        select(func.min(older.number))
        .select_from(home)
        .join(same_home, same_home.address_key == home.address_key)
        .join(older, older.dwelling_id == same_home.id)
        .where(home.id == Case.dwelling_id, home.address_key.not_in(NO_HOMES), *_is_older(older))
        .correlate(Case)
        .scalar_subquery()
    )


def _older_about_holder() -> ScalarSelect[Any]:
    older, one, same = aliased(Case), aliased(Person), aliased(Person)
    return (
        select(func.min(older.number))
        .select_from(one)
        .join(same, same.id_number == one.id_number)
        .join(older, older.id == same.case_id)
        .where(one.case_id == Case.id, one.id_number != "", _holds_contract(one), _holds_contract(same))
        .where(*_is_older(older))
        .correlate(Case)
        .scalar_subquery()
    )


def _is_older(older: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        older.id < Case.id,
        older.closed_at.is_(None),
        older.administration_key == Case.administration_key,
    )


def _holds_contract(person: type[Person]) -> ColumnElement[bool]:
    return cast(person.roles, String).like('%"contract_holder"%')


def alarm_unseen(asked: Asked) -> Rows:
    """An alarm or a word to the head has waited for days, and nobody has said that it was seen."""
    limit = asked.working_days_ago(asked.limits.alarm_working_days)
    return (
        rows(Notification.id, Notification.at, Notification.unit)
        .join(Case, Case.id == Notification.case_id)
        .where(
            Notification.seen_at.is_(None),
            Notification.kind.in_((ALARM, ESCALATION)),
            Notification.at < limit,
            Case.closed_at.is_(None),
        )
    )


def letter_unsent(asked: Asked) -> Rows:
    """It was written days ago, and nobody has said how it was sent."""
    limit = asked.working_days_ago(asked.limits.letter_working_days)
    return _letters(Letter.written_at, Letter.sent_at.is_(None), Letter.written_at < limit)


def letter_returned(asked: Asked) -> Rows:
    """It came back days ago, and no other of its kind has been sent to the same recipient since."""
    limit = asked.working_days_ago(asked.limits.letter_working_days)
    again = aliased(Letter)
    is_sent_again = exists().where(
        again.case_id == Letter.case_id,
        again.kind == Letter.kind,
        again.recipient_kind == Letter.recipient_kind,
        func.coalesce(again.recipient_id, 0) == func.coalesce(Letter.recipient_id, 0),
        again.sent_at > Letter.returned_at,
    )
    return _letters(Letter.returned_at, Letter.returned_at < limit, ~is_sent_again)


def _letters(since: Any, *conditions: ColumnElement[bool]) -> Rows:
    return (
        rows(Letter.id, since, null(), letter=Letter.kind)
        .join(Case, Case.id == Letter.case_id)
        .where(Case.closed_at.is_(None), *conditions)
    )


def mail_given_up(asked: Asked) -> Rows:
    """A mail about a case could not be delivered lately, and no later one to the same person has been."""
    later = aliased(Mail)
    is_mended = exists().where(
        later.caseworker_id == Mail.caseworker_id,
        later.sent_at.is_not(None),
        later.sent_at > Mail.given_up_at,
    )
    return (
        rows(Mail.id, Mail.given_up_at, null(), person=RESPONSIBLE.name)
        .join(Case, Case.id == Mail.case_id)
        .join(RESPONSIBLE, RESPONSIBLE.id == Mail.caseworker_id)
        .where(
            Mail.given_up_at > asked.days_ago(asked.limits.mail_days),
            RESPONSIBLE.is_active.is_(True),
            ~is_mended,
        )
    )


QUESTIONS: dict[str, Callable[[Asked], Rows]] = {
    "nobody_responsible": nobody_responsible,
    "nobody_substitute": nobody_substitute,
    "responsible_left": responsible_left,
    "both_away": both_away,
    "notice_without_stance": without_stance,
    "home_has_two_cases": home_has_two,
    "alarm_unseen": alarm_unseen,
    "letter_unsent": letter_unsent,
    "letter_returned": letter_returned,
    "mail_given_up": mail_given_up,
}
"""By the key of its check."""
