"""How a notice or a case can end: the outcome codes with Swedish labels and what follows from each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to end (sv. utfall), for a notice or for the whole case (data 2.9)."""

    code: str
    label: str
    stays: bool
    """The household keeps the dwelling."""
    is_eviction: bool = False
    """Counted as an executed eviction."""
    needs_head: bool = False
    """Only the head of unit may decide it: silence never closes a case by itself (JO 1683-2017)."""
    is_final: bool = True
    """False: the case goes on and waits for news."""


OUTCOMES: dict[str, Outcome] = {
    outcome.code: outcome
    for outcome in (
        Outcome("settled_by_tenant", "Skulden reglerad av hyresgästen", stays=True),
        Outcome("settled_by_assistance", "Skulden reglerad med ekonomiskt bistånd", stays=True),
        Outcome("commitment", "Räddad genom åtagande om betalningsansvar", stays=True),
        Outcome("agreement", "Överenskommelse eller avbetalningsplan", stays=True),
        Outcome("short_term_contract", "Korttidskontrakt", stays=True),
        Outcome("withdrawn", "Återkallad av hyresvärden eller Kronofogden", stays=True),
        Outcome("moved_before_execution", "Flyttade före verkställighet, nycklar inlämnade", stays=False),
        Outcome("executed", "Avhysningen verkställd", stays=False, is_eviction=True),
        Outcome("already_moved", "Hade redan flyttat", stays=False),
        Outcome("not_for_us", "Inte för socialtjänsten", stays=False),
        Outcome("declined", "Inte inledd, den enskilde avböjde", stays=False),
        Outcome("not_reached", "Inte inledd, den enskilde nåddes inte", stays=False, needs_head=True),
        Outcome("transferred", "Överlämnad till annan nämnd eller kommun", stays=False),
        Outcome("deceased", "Avliden", stays=False),
        Outcome("awaits_enforcement", "Avvaktar Kronofogden", stays=True, is_final=False),
        Outcome("not_reached_proposed", "Inte nådd, prövas av Enhetschef", stays=True, is_final=False),
        Outcome("continue_outreach", "Fortsatt uppsökande", stays=True, is_final=False),
    )
}
"""Every outcome by code."""
