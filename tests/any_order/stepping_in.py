"""What leaders and colleagues do to the course of cases: interventions, recusals, absences, emergencies, letters."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from processes.actions.absences import end_absence, report_absence
from processes.actions.access import correct_recusal, declare_recusal, open_in_emergency
from processes.actions.diagrams import publish
from processes.actions.events import event_form
from processes.actions.interventions.table import Order, intervene, targets_of
from processes.actions.interventions.tasks import form_to_skip
from processes.actions.interventions.waiting import form_of_message
from processes.actions.letter_corrections import correct_letter_mark
from processes.actions.letters import mark_letter_sent
from processes.clock import swedish_day
from processes.models import Absence, Case, DiagramVersion, Letter, Recusal, Task
from processes.operations.letter_sending import Sending
from processes.queries.choices import choices_in
from processes.queries.diagrams import current_version
from processes.rules.interventions import KINDS
from processes.rules.letters import CHANNELS, channels_to
from processes.rules.outcomes import OUTCOMES
from processes.unit_of_work import UnitOfWork
from tests.any_order.filling import filled
from tests.any_order.run import STAFF, Run
from tests.any_order.tasks import complete

WHY = "Påhittat skäl som någon förstår om några år."


def step_in(run: Run) -> None:
    """The head of unit steps into a case: looks at what would come of it, and does that or something stale."""
    case_id = run.a_case()
    if case_id is None:
        return
    kind = run.dice.pick([key for key in KINDS if key != "avbryt"] * 3 + ["avbryt"])
    with run.runtime.reading() as work:
        targets = targets_of(work, kind, work.lock(case_id))
    if not targets:
        return
    able = [target.key for target in targets if not target.hindrance]
    chosen = run.dice.pick(able) if able and not run.dice.chance(8) else run.dice.pick(targets).key
    with run.runtime.reading() as work:
        order = _order(run, work, case_id, kind, chosen)
    seen: list[str] = []

    def look(work: UnitOfWork) -> None:
        maria = run.person(work, "maria")
        seen.append(intervene(work, case_id=case_id, caseworker=maria, order=order).token)
        raise _OnlyALook

    with suppress(_OnlyALook):
        run.attempt(f"look at {kind}", look)
    if not seen:
        return
    if run.dice.chance(6) and (tasks := run.open_tasks(case_id)):
        complete(run, tasks[0][0])  # somebody else is faster
    run.attempt(
        f"step in: {kind}",
        lambda work: intervene(
            work, case_id=case_id, caseworker=run.person(work, "maria"), order=order, confirmed=seen[0]
        ),
    )


class _OnlyALook(Exception):
    """The transaction of a look is thrown away."""


def _order(run: Run, work: UnitOfWork, case_id: int, kind: str, chosen: str) -> Order:
    case, maria = work.session.get_one(Case, case_id), run.person(work, "maria")
    days = swedish_day(work.now) + timedelta(days=run.dice.pick((1, 7, 30, 0)))
    people = {run.person(work, name).id for name in STAFF}
    said = {
        "omfordela": {"till": str(run.dice.pick([*sorted(people), "enheten"]))},
        "prioritet": {
            "prioritet": run.dice.pick(("auto", "1", "5", "")),
            "dag": run.dice.pick(("", days.isoformat())),
        },
        "pausa": {"dag": days.isoformat()},
        "avbryt": {"grund": "En påhittad grund som räcker till.", "utfall": run.dice.pick(sorted(OUTCOMES))},
    }.get(kind, {})
    answers: dict[str, Any] = {}
    form = None
    if kind == "hoppa-over":
        form = form_to_skip(work, case, work.session.get_one(Task, int(chosen)))
    elif kind == "meddelande" and form_of_message(work, chosen) is not None:
        form = event_form(work, chosen)
    if form is not None:
        answers = filled(run.dice, form, choices_in(work.session, case, maria, work.now), work.now)
    return Order(kind, (chosen,), said, answers, WHY)


def change_who_works(run: Run) -> None:
    """Conflicts of interest, declared and taken back; absences, reported and ended; emergencies."""
    what = run.dice.pick(("recuse", "unrecuse", "absence", "back", "emergency"))
    case_id = run.a_case()
    who_name, other = run.dice.pick((*STAFF, "maria", "maria", "maria")), run.dice.pick(STAFF)
    begins, lasts = run.dice.pick((0, 1, -2, 5)), run.dice.pick((0, 3, 20))
    if case_id is None:
        return

    def deed(work: UnitOfWork) -> None:
        who, colleague = run.person(work, who_name), run.person(work, other)
        today = swedish_day(work.now)
        if what == "recuse":
            declare_recusal(work, case_id=case_id, caseworker=who, person=colleague, reason=WHY)
        elif what == "unrecuse":
            newest = work.session.scalars(select(Recusal.id).order_by(Recusal.id.desc())).first() or 0
            correct_recusal(work, case_id=case_id, recusal_id=newest, caseworker=who, reason=WHY)
        elif what == "absence":
            starts_on = today + timedelta(days=begins)
            report_absence(
                work, caseworker=who, absent=colleague, substitute=run.person(work, run.dice.pick(STAFF)),
                starts_on=starts_on, ends_on=starts_on + timedelta(days=lasts),
            )  # fmt: skip
        elif what == "back":
            newest = work.session.scalars(select(Absence.id).order_by(Absence.id.desc())).first() or 0
            end_absence(work, absence_id=newest, caseworker=who)
        else:
            open_in_emergency(work, case_id=case_id, caseworker=who, reason=WHY)

    run.attempt(what, deed)


def send_letters(run: Run) -> None:
    """Somebody says that a letter was sent, or that it was not after all."""
    with run.runtime.reading() as work:
        letters = work.session.execute(
            select(Letter.id, Letter.case_id, Letter.recipient_kind, Letter.via_intermediary, Letter.sent_at)
        ).all()
    if not letters:
        return
    letter = run.dice.pick(letters)
    who_name = run.dice.pick(("anna", "siv", "eva", "maria"))
    ways = sorted(channels_to(letter.recipient_kind, letter.via_intermediary))
    channel = run.dice.pick(ways) if not run.dice.chance(8) else run.dice.pick(sorted(CHANNELS))
    at = run.now - timedelta(minutes=run.dice.pick((0, 60, 60 * 30)))
    sending = Sending(channel, at, "RR123456785SE" if run.dice.chance(2) else "")

    def deed(work: UnitOfWork) -> None:
        who = run.person(work, who_name)
        if letter.sent_at is None:
            mark_letter_sent(
                work,
                case_id=letter.case_id,
                letter_id=letter.id,
                caseworker=who,
                sending=sending,
                is_checked=True,
            )
        else:
            again = sending if run.dice.chance(2) else None
            correct_letter_mark(
                work, case_id=letter.case_id, letter_id=letter.id, caseworker=who, reason=WHY, sending=again
            )

    run.attempt("send_letter" if letter.sent_at is None else "correct_letter", deed)


def redraw(run: Run) -> None:
    """A process is published anew with other words; what runs goes on by the old drawing."""
    with run.runtime.reading() as work:
        drawn = select(DiagramVersion.process_key).where(DiagramVersion.is_current)
        key = run.dice.pick(sorted(work.session.scalars(drawn)))

    def deed(work: UnitOfWork) -> None:
        files = dict(work.diagrams.get(work.session, key, current_version(work.session, key)).files)
        files[f"{key}/README.md"] = files.get(f"{key}/README.md", b"") + b"\nOmritad.\n"
        assert publish(work, key, files)

    run.attempt("publish", deed)
