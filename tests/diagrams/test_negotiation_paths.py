"""Negotiating to stay: an agreement is watched, and the rent tribunal is waited for."""

from __future__ import annotations

from typing import Any

from tests.diagrams.chapter_6_answers import DECIDED, DECISION, LANDLORD, NEEDS, PLAN, REACHED, a_threat
from tests.diagrams.played_case import PlayedCase
from tests.rules.case_pictures import arrears

SHORT_TERM: dict[str, Any] = {
    "meeting_parties": ["tenant", "landlord"],
    "negotiated_at": "2026-03-20T10:00",
    "options_tried": ["short_term"],
    "negotiation_result": "short_term_contract",
    "agreement_terms": "Stöd.",
    "contract_ends_on": "2026-09-30",
}
TRIBUNAL: dict[str, Any] = {
    "meeting_parties": ["tenant"],
    "negotiated_at": "2026-03-20T10:00",
    "options_tried": ["instalments"],
    "negotiation_result": "rent_tribunal",
    "tribunal_told": ["argue"],
    "tribunal_reminder_on": "2026-05-04",
}


def test_a_short_term_contract_is_watched_and_the_outcome_waits_for_the_negotiation() -> None:
    case = a_threat()
    case.do("kontakta_hyresvard", **LANDLORD)
    case.do("kontakta_hyresgast", **REACHED)
    case.do("ta_stallning_till_utredning", **DECISION)
    case.do("utred_behov", **NEEDS)
    case.do("uppratta_handlingsplan", **PLAN | {"negotiation_wanted": True})
    case.do("besluta_insatser", **DECIDED)
    assert not case.runs("kontakt-och-stod")
    assert "bedom_utfall" not in case.steps()
    case.do("forhandla_kvarboende", **SHORT_TERM)
    assert "bedom_utfall" in case.steps()
    case.wait_until("2026-08-30 12:00")
    assert "hantera_bevakning" not in case.steps()
    case.wait_until("2026-08-31 08:00")
    assert "hantera_bevakning" in case.steps()


def test_the_rent_tribunal_is_waited_for_and_asked_about() -> None:
    case = PlayedCase(arrears(stance="handle"), at="2026-03-10 10:00")
    case.start("forhandla-kvarboende")
    case.do("forhandla_kvarboende", **TRIBUNAL)
    assert case.steps() == []
    case.wait_until("2026-05-04 08:00")
    assert case.steps() == ["forhandla_kvarboende"]
    case.do("forhandla_kvarboende", **TRIBUNAL | {"tribunal_reminder_on": "2026-06-01"})
    case.happens("hyresnamnden.beslut", result="stays", decided_on="2026-05-12")
    assert case.steps() == ["forhandla_kvarboende"]
    case.do("forhandla_kvarboende", cannot_be_done=True, cannot_be_done_reason="Avgjort av hyresnämnden.")
    assert not case.runs("forhandla-kvarboende")
    assert case.events("forhandling.klar") == [{"result": "none"}]
