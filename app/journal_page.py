"""The page of a case's whole journal: what to show is chosen in the address, so that it can be copied."""

from __future__ import annotations

from datetime import date

from flask import render_template, request

from app.journal import journal_of
from app.texts import t
from app.web import place_in_list, signed_in
from processes.models import Case
from processes.queries.cases import get_case_file
from processes.queries.choices import choices_in
from processes.queries.corrections import notes_in
from processes.queries.journal import KINDS, JournalWanted, journal_page, who_wrote
from processes.queries.people import staff_names
from processes.queries.persons_seen import sight_of
from processes.unit_of_work import UnitOfWork


def journal_page_of(work: UnitOfWork, case: Case) -> str:
    """The journal as far as the address asks for it; a day that is none is told and leaves nothing out."""
    caseworker = signed_in(work)
    first, last = _day("fran"), _day("till")
    by = request.args.get("vem", type=int)
    wanted = JournalWanted(
        tuple(kind for kind in KINDS if kind in request.args.getlist("slag")), by, first, last
    )
    after = place_in_list(request.args.get("efter"))
    page = journal_page(work.session, case, caseworker, work.now, wanted, after=after)
    file = get_case_file(work.session, case, caseworker, work.now).with_journal(page.lines)
    sight = sight_of(work.session, case, caseworker, work.now, work.policy)
    typed = [request.args.get(key, "") for key in ("fran", "till")]
    wrong = any(one and day is None for one, day in zip(typed, (first, last), strict=True))
    return render_template(
        "cases/journal.html",
        case=case,
        journal=journal_of(work, file, sight),
        wanted=wanted,
        kinds=_kind_names(),
        names=staff_names(work.session, case.administration_key),
        people=who_wrote(work.session, case.id).items(),
        asked={key: values for key, values in request.args.lists() if key != "efter"},
        typed=typed,
        next_after=page.next_after,
        is_filtered=wanted != JournalWanted(),
        trouble=t("Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2026-03-02.") if wrong else "",
        sight=sight,
        notes=notes_in(work.session, case.id),
        choices=choices_in(work.session, case, caseworker, work.now),
    )


def _kind_names() -> dict[str, str]:
    names = (t("Uppgifter"), t("Händelser"), t("Frister"), t("Brev och utlämnat"), t("Åtkomst och ändringar"))
    return dict(zip(KINDS, names, strict=True))


def _day(key: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(key, "").strip())
    except ValueError:
        return None
