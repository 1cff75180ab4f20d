"""The list of every deadline the system knows: number, name, what kind it is, the rule in a sentence, and its source.

Pages, documentation and tests read this table. `function` names the pure function, as module.function in this package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module

from processes.rules.counting import Counting
from processes.rules.explanation import DeadlineKind, Explanation, Reading, StartingPoint

ACT, LONGEST, EARLIEST, GUIDE, INFO = (
    DeadlineKind.ACT,
    DeadlineKind.LONGEST,
    DeadlineKind.EARLIEST,
    DeadlineKind.GUIDE,
    DeadlineKind.INFO,
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of the law, the handbook or the municipality (sv. tidsfrist)."""

    id: str
    title: str
    kind: DeadlineKind
    source: str
    rule: str
    function: str
    is_verified: bool = True
    """False where nobody has read the wording of the source; the page then says so."""

    @property
    def compute(self) -> Callable[..., Explanation]:
        """The function itself."""
        module, name = self.function.split(".")
        found: Callable[..., Explanation] = getattr(import_module(f"{__package__}.{module}"), name)
        return found


_TABLE = (
    Deadline(
        "D-01", "Sista dag att få tillbaka hyresrätten", ACT, "JB 12:44 1 st. 1",
        "Hyran ska vara betald inom tre veckor från det att hyresgästen delgetts underrättelsen och meddelandet"
        " lämnats till socialnämnden.",
        "recovery.last_day_to_recover_lease",
    ),
    Deadline(
        "D-02", "Dag då meddelandet lämnades till nämnden", INFO, "JB 12:63",
        "Ett meddelande som postats i rekommenderat brev till vanlig adress anses lämnat när det postades, annars när"
        " det kom fram.",
        "recovery.day_board_message_was_given",
    ),
    Deadline(
        "D-03", "Sista dag att meddela åtagande om betalningsansvar", ACT, "JB 12:44 4 st. 1, JB 12:63, handboken 6.8",
        "Nämnden ska inom återvinningsfristen skriftligen ha meddelat hyresvärden att den åtar sig betalningsansvaret;"
        " ett rekommenderat brev räknas den dag det postas.",
        "recovery.last_day_for_commitment",
    ),
    Deadline(
        "D-04", "Ursäktad sen betalning", INFO, "JB 12:44 4 st. 2",
        "Den som hindrats av sjukdom eller liknande oförutsedd omständighet och betalat så snart det gick behåller"
        " hyresrätten, dock senast när tvisten avgörs i första instans.",
        "recovery.late_payment_excuse",
    ),
    Deadline(
        "D-05", "Tidigaste beslut om avhysning", EARLIEST, "JB 12:44 2 st.",
        "Beslut om avhysning får inte meddelas förrän ytterligare två vardagar gått efter återvinningsfristen.",
        "recovery.earliest_eviction_order",
    ),
    Deadline(
        "D-06", "Ingen återvinning vid ändå förestående flytt", INFO, "JB 12:44 5 st.",
        "Återvinning, åtagande och väntetid gäller inte den som ändå ska flytta inom kortare tid än en månad efter"
        " förverkandet.",
        "recovery.no_recovery_when_moving_anyway",
    ),
    Deadline(
        "D-07", "Hyresrätten kan förverkas", INFO, "JB 12:42 1 st. 1",
        "Hyresrätten är förverkad när hyran för en bostad är mer än en vecka sen.",
        "recovery.first_day_of_forfeiture",
    ),
    Deadline(
        "D-08", "Störning: ingen återvinningsfrist", INFO, "JB 12:25 a, 12:42 3-4 st.",
        "Vid störning ska nämnden underrättas före uppsägning; är den särskilt allvarlig räcker en kopia av"
        " uppsägningen. Någon återvinningsfrist löper inte.",
        "recovery.disturbance_without_recovery",
    ),
    Deadline(
        "D-09", "Sista dag att få tillbaka bostadsrätten", ACT, "BRL 7:23",
        "Avgiften ska vara betald inom tre veckor från det att bostadsrättshavaren delgetts underrättelsen och"
        " meddelandet lämnats till socialnämnden.",
        "recovery.last_day_to_recover_cooperative_flat", is_verified=False,
    ),
    Deadline(
        "D-10", "Bekräfta till Kronofogden", ACT, "SoF 11:3 (2025:468), handboken 7.5",
        "Underrättelsen bekräftas samma dag som den tas emot, med ansvarig handläggares namn.",
        "enforcement.confirmation_due",
    ),
    Deadline(
        "D-11", "Skyddsbedömning", ACT, "SoL 20:1",
        "Behovet av omedelbart skydd bedöms genast när en orosanmälan om ett barn kommer in.",
        "children.protection_assessment",
    ),
    Deadline(
        "D-12", "Beslut om att inleda barnutredning", ACT, "SoL 20:2",
        "Beslut fattas inom 14 dagar från det att anmälan kom in; längre tid bara om det finns synnerliga skäl.",
        "children.decision_to_investigate",
    ),
    Deadline(
        "D-13", "Barnutredningen klar", ACT, "SoL 20:3",
        "Utredningen ska vara slutförd senast fyra månader efter att den inleddes.",
        "children.investigation_finished",
    ),
    Deadline(
        "D-14", "Svar till anmälaren", ACT, "SoL 19:6 (från 2026-01-15)",
        "En anmälningsskyldig som frågar får svar inom en vecka från beslutet; frågar den senare, eller pågår en"
        " utredning, lämnas svaret genast.",
        "children.answer_to_reporter",
    ),
    Deadline(
        "D-15", "Uppföljning av barn utan samtycke upphör", LONGEST, "SoL 23:5",
        "Uppföljningen ska upphöra senast sex månader efter att utredningen avslutades.",
        "children.follow_up_ends",
    ),
    Deadline(
        "D-16", "Inleda utredning", ACT, "SoL 14:2",
        "Utredning inleds genast när det som blivit känt kan leda till någon åtgärd av nämnden.",
        "intake.investigation_opens_at_once",
    ),
    Deadline(
        "D-17", "Aktualiseringens längd", GUIDE, "handboken 5.2",
        "En aktualisering bör inte pågå längre än två till fyra veckor utan särskilda skäl.",
        "intake.intake_guide",
    ),
    Deadline(
        "D-18", "Avhysningens dag", INFO, "handboken 7.1",
        "Från underrättelsen återstår normalt omkring en vecka.",
        "enforcement.eviction_day",
    ),
    Deadline(
        "D-19", "Kronofogdens verkställighet", INFO, "UB 16:3",
        "Avhysning ska om möjligt ske inom fyra veckor från det att handlingarna är fullständiga.",
        "enforcement.execution_expected", is_verified=False,
    ),
    Deadline(
        "D-20", "Senast lämpliga dag att begära anstånd", GUIDE, "UB 16:4, handboken 7 faktaruta 2",
        "Anstånd begärs så tidigt som möjligt; senare än så hinner Kronofogden knappast svara.",
        "enforcement.latest_deferral_request", is_verified=False,
    ),
    Deadline(
        "D-21", "Tidigaste avlägsnande", EARLIEST, "UB 16:10 a-b",
        "Avlägsnande sker tidigast fem dagar efter underrättelsen, om möjligt inom tre veckor; anstånd högst en vecka.",
        "enforcement.earliest_removal",
    ),
    Deadline(
        "D-22", "Kvarlämnad egendom tillfaller hyresvärden", INFO, "JB 12:27",
        "Egendom som inte hämtas inom tre månader från anmaning eller sex månader från flytten tillfaller hyresvärden.",
        "afterwards.belongings_fall_to_landlord",
    ),
    Deadline(
        "D-23", "Sista dag att väcka talan om återkrav", ACT, "SoL 33:5",
        "Talan om återkrav väcks inom tre år från det att kostnaden uppkom.",
        "afterwards.last_day_to_reclaim",
    ),
    Deadline(
        "D-24", "Rapportera ej verkställt beslut", ACT, "SoL 34:1",
        "Ett beslut som inte verkställts inom tre månader rapporteras, och därefter varje kvartal.",
        "afterwards.report_of_unexecuted_decision",
    ),
    Deadline(
        "D-25", "Sista dag att överklaga", INFO, "FL 44 §",
        "Överklagandet ska ha kommit in inom tre veckor från den dag då den enskilde fick del av beslutet.",
        "afterwards.last_day_to_appeal", is_verified=False,
    ),
    Deadline(
        "D-26", "Hänskjuta tvist till hyresnämnden", INFO, "JB 12:49, 12:70",
        "Hyresvärden ska hänskjuta en förlängningstvist senast en månad efter hyrestidens utgång.",
        "afterwards.referral_to_rent_tribunal",
    ),
    Deadline(
        "D-27", "Svar om överflyttning till annan kommun", ACT, "SoL 29:10-11",
        "Kommunen svarar genast; saknas svar efter en månad kan frågan tas till IVO.",
        "afterwards.answer_on_transfer",
    ),
    Deadline(
        "D-28", "Kontrollera att nästa hyra är betald", GUIDE, "handboken 2, JB 12:20",
        "Hyran kontrolleras månaden efter, några dagar efter att nästa hyra skulle vara betald.",
        "afterwards.rent_check",
    ),
    Deadline(
        "D-29", "Uppföljning", GUIDE, "handboken 6.9, 7 faktaruta 4",
        "Uppföljning erbjuds efter en tid som bestäms individuellt.",
        "afterwards.follow_up",
    ),
    Deadline(
        "D-30", "Gallring", LONGEST, "SoL 16:1-2 a, 16:4, SoF 13:1",
        "Uppgifter gallras fem år efter sista anteckningen, en barnutredning när personen fyllt 30; Göteborg gallrar"
        " inte.",
        "afterwards.retention_ends",
    ),
)  # fmt: skip

DEADLINES: dict[str, Deadline] = {deadline.id: deadline for deadline in _TABLE}
"""Every deadline by its number."""


def explain(
    deadline_id: str,
    counting: Counting | None,
    starts: tuple[StartingPoint, ...] = (),
    *,
    title: str | None = None,
    part: str = "",
    at: datetime | None = None,
    latest_at: datetime | None = None,
    readings: tuple[Reading, ...] = (),
    notes: tuple[str, ...] = (),
    is_provisional: bool | None = None,
    is_interpretation: bool = False,
) -> Explanation:
    """The explanation of one registered deadline; provisional, unless told, if a starting point is unconfirmed."""
    deadline = DEADLINES[deadline_id]
    unread = () if deadline.is_verified else ("Källans ordalydelse är inte kontrollerad.",)
    if is_provisional is None:
        is_provisional = not all(start.is_confirmed for start in starts)
    return Explanation(
        id=deadline_id,
        title=title or deadline.title,
        kind=deadline.kind,
        rule=deadline.rule,
        source=deadline.source,
        on=counting.day if counting else None,
        at=at,
        latest_at=latest_at,
        starts=starts,
        steps=counting.steps if counting else (),
        readings=tuple(reading for reading in readings if counting is None or reading.on != counting.day),
        notes=(*notes, *unread),
        is_provisional=is_provisional,
        is_interpretation=is_interpretation,
        part=part,
    )


def later(starts: tuple[StartingPoint, ...]) -> Counting:
    """Begin counting at the latest of the starting points."""
    return Counting.from_later(*(start.on for start in starts))


def rolled_reading(on: date) -> tuple[Reading, ...]:
    """What lag 1930:173 2 § would make of `on`, to be shown beside a date that is not moved."""
    return (
        Reading("1930 års lag om beräkning av tid (2 §) tillämpad", Counting.from_later(on).rolled().day),
    )
