"""The letters of a case: what they say before they are sent, their PDFs, and how and when each one left the house."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.failures import sentence_about
from app.redisplay import shows_again
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.letter_corrections import correct_letter_mark, note_letter_returned
from processes.actions.letter_writing import write_letter
from processes.actions.letters import Look, look_at_letter, mark_letter_sent
from processes.clock import swedish_time
from processes.diagrams.letter_text import LetterText, read_letter
from processes.errors import AnswersRefused, Conflict, NotAllowed
from processes.models import Letter
from processes.operations.letter_sending import CONFIRMATION, Sending, pdf_of
from processes.queries.cases import get_case, get_case_file
from processes.queries.people import staff_names
from processes.queries.persons_seen import Sight, sight_of
from processes.rules.calendar import instant_on
from processes.rules.consent import CONTENTS
from processes.rules.letters import BY_HAND
from processes.typesetting import Blank, Bold, Bullets, Heading, Paragraph, Text
from processes.unit_of_work import UnitOfWork

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})", re.ASCII)

pages = Blueprint("letters", __name__, url_prefix="/arenden/<id:case_id>/brev")


@pages.get("")
def all_letters(case_id: int) -> str:
    """The letters of the case, and the form in which another is written."""
    return _list(case_id)


@pages.post("")
def write(case_id: int) -> AnyResponse | tuple[str, int]:
    """Write a letter."""
    try:
        with running_system().transaction() as work:
            written = write_letter(
                work,
                case_id=case_id,
                kind=request.form.get("kind", ""),
                caseworker=signed_in(work),
                contents=tuple(one for one in request.form.getlist("contents") if one in CONTENTS),
                own_words=request.form.get("own_words", ""),
            )
    except AnswersRefused as refused:
        return _list(case_id, problems=refused.problems), 400
    except Conflict as refused:
        return _list(case_id, trouble=sentence_about(refused)), 409
    done = t("Brevet är skrivet.") if written == 1 else t("{number} brev är skrivna.", number=written)
    flash(f"{done} {t('Läs det innan du skickar det.')}")
    return redirect(url_for("letters.all_letters", case_id=case_id))


@shows_again("letters.write")
def _stale_list(case_id: int, trouble: str) -> str:
    return _list(case_id, trouble=trouble)


@pages.get("/<id:letter_id>")
def show(case_id: int, letter_id: int) -> str:
    """The letter as it would be sent, and what can be said about it."""
    return _page(case_id, letter_id)


@pages.get("/<id:letter_id>/pdf")
def pdf(case_id: int, letter_id: int) -> Response:
    """The letter to print; refused while it may not go to its recipient."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        look = look_at_letter(work, case_id=case_id, letter_id=letter_id, caseworker=caseworker)
        sight = sight_of(work.session, look.case, caseworker, work.now, work.policy)
        said = (look.letter.text, *look.letter.words.values())
        if any(sight.text(word) != word for word in said):
            raise NotAllowed("The letter holds an address that only the restricted circle may see.")
        look.must_be_allowed()
        written = pdf_of(work, look.case, look.letter)
    answer = Response(written, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="brev-{letter_id}.pdf"'
    return answer


@pages.post("/<id:letter_id>/skickat")
def mark_sent(case_id: int, letter_id: int) -> AnyResponse | tuple[str, int]:
    """Note that the letter was sent."""

    def change(work: UnitOfWork) -> str:
        mark_letter_sent(
            work,
            case_id=case_id,
            letter_id=letter_id,
            caseworker=signed_in(work),
            sending=_sending(work),
            is_checked="is_checked" in request.form,
        )
        return t("Brevet är antecknat som skickat.")

    return _changed(case_id, letter_id, change)


@pages.post("/<id:letter_id>/rattelse")
def correct(case_id: int, letter_id: int) -> AnyResponse | tuple[str, int]:
    """Correct what was said about how the letter was sent."""

    def change(work: UnitOfWork) -> str:
        correct_letter_mark(
            work,
            case_id=case_id,
            letter_id=letter_id,
            caseworker=signed_in(work),
            reason=request.form.get("reason", ""),
            sending=None if request.form.get("right") == "not_sent" else _sending(work),
        )
        return t("Uppgiften är rättad. Det som stod förut finns kvar i journalen.")

    return _changed(case_id, letter_id, change)


@pages.post("/<id:letter_id>/retur")
def returned(case_id: int, letter_id: int) -> AnyResponse | tuple[str, int]:
    """Note that the letter came back."""

    def change(work: UnitOfWork) -> str:
        on = _day(request.form.get("on", ""))
        if on is None:
            raise AnswersRefused({"on": "Skriv en dag som ÅÅÅÅ-MM-DD."})
        note_letter_returned(
            work,
            case_id=case_id,
            letter_id=letter_id,
            caseworker=signed_in(work),
            on=on,
            why=request.form.get("why", ""),
        )
        return t("Antecknat att brevet kom tillbaka.")

    return _changed(case_id, letter_id, change)


@shows_again("letters.mark_sent")
@shows_again("letters.correct")
@shows_again("letters.returned")
def _stale(case_id: int, letter_id: int, trouble: str) -> str:
    return _page(case_id, letter_id, trouble=trouble)


def _changed(
    case_id: int, letter_id: int, change: Callable[[UnitOfWork], str]
) -> AnyResponse | tuple[str, int]:
    try:
        with running_system().transaction() as work:
            done = change(work)
    except AnswersRefused as refused:
        return _page(case_id, letter_id, problems=refused.problems), 400
    except Conflict as refused:
        return _page(case_id, letter_id, trouble=sentence_about(refused)), 409
    flash(done)
    return redirect(url_for("letters.show", case_id=case_id, letter_id=letter_id))


def _sending(work: UnitOfWork) -> Sending:
    """What the form says about how the letter was sent; the minute at hand is the instant at hand."""
    day, clock = _day(request.form.get("day", "")), CLOCK.fullmatch(request.form.get("clock", "").strip())
    try:
        at = instant_on(day, time(int(clock[1]), int(clock[2]))) if day and clock else None
    except ValueError:
        at = None
    if at is None:
        raise AnswersRefused({"at": "Skriv dagen som ÅÅÅÅ-MM-DD och klockslaget som 14:05."})
    is_now = at == work.now.replace(second=0, microsecond=0)
    number = request.form.get("item_number", "").strip()[:60]
    return Sending(request.form.get("channel", ""), work.now if is_now else at, number)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if DAY.fullmatch(typed.strip()) else None
    except ValueError:
        return None


def _list(case_id: int, *, problems: dict[str, str] | None = None, trouble: str = "") -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = get_case(work.session, case_id, caseworker, work.now)
        return render_template(
            "letters/list.html",
            case=case,
            letters=get_case_file(work.session, case, caseworker, work.now).letters,
            sight=sight_of(work.session, case, caseworker, work.now, work.policy),
            by_hand=BY_HAND,
            contents=CONTENTS,
            problems=problems or {},
            trouble=trouble,
            typed=request.form,
        )


def _page(case_id: int, letter_id: int, *, problems: dict[str, str] | None = None, trouble: str = "") -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        look = look_at_letter(work, case_id=case_id, letter_id=letter_id, caseworker=caseworker)
        sight = sight_of(work.session, look.case, caseworker, work.now, work.policy)
        return render_template(
            "letters/letter.html",
            look=look,
            case=look.case,
            letter=look.letter,
            text=_text_seen(look.letter, sight),
            lacking=_lacking(look),
            asks_check=look.letter.kind == CONFIRMATION,
            names=staff_names(work.session, look.case.administration_key),
            sight=sight,
            now_here=_now_here(work.now),
            problems=problems or {},
            trouble=trouble,
            typed=request.form,
            block_kind=block_kind,
            runs=runs,
        )


def _now_here(now: datetime) -> tuple[str, str]:
    here = swedish_time(now)
    return f"{here:%Y-%m-%d}", f"{here:%H:%M}"


def _text_seen(letter: Letter, sight: Sight) -> LetterText:
    """The letter without what this reader may not see."""
    words = {name: sight.text(word) for name, word in letter.words.items()}
    return read_letter(letter.template or sight.letter(letter), words)


def _lacking(look: Look) -> list[str]:
    """What the template names and nobody has noted, in words."""
    letter, told = look.letter, []
    if "{{ handlaggare_telefon }}" in letter.template and not letter.words.get("handlaggare_telefon"):
        told.append(t("Handläggarens telefonnummer saknas. Utse en handläggare eller lägg in numret."))
    if "{{ adress }}" in letter.template and not letter.address and not letter.via_intermediary:
        told.append(t("Mottagarens adress saknas. Lägg in den, eller lämna över brevet personligen."))
    return told if letter.sent_at is None else []


def block_kind(block: object) -> str:
    """Which part of a letter this is, for the template that draws it."""
    if isinstance(block, Bullets):
        return "boxes" if block.has_boxes else "bullets"
    kinds = {Heading: "heading", Paragraph: "paragraph", Blank: "blank"}
    return kinds.get(type(block), "table")


def runs(text: Text) -> list[tuple[str, bool]]:
    """The words of a text, and whether they are bold."""
    parts = (text,) if isinstance(text, str) else text
    return [(part.words, True) if isinstance(part, Bold) else (part, False) for part in parts]
