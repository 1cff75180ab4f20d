"""What must hold in every case at any time, and what it is called when it does not: the table of checks.

Each line is an invariant. When it is broken the case is stuck, or soon will be, without any program having failed. The
sentences are Swedish and name no client: a task, a day, a unit and a number. {words} in braces are the facts of the
case, which the query behind the check brings (queries/findings_*.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from processes.rules.units import Unit


class Severity(IntEnum):
    """How bad it is, the worst first."""

    CRITICAL = 1
    """Somebody may lose their home or go unprotected, or the case stands still for ever: told at once."""
    SERIOUS = 2
    NOTICE = 3


class Repair(IntEnum):
    """Where the suggested repair is done; the pages know their addresses (app/findings.py)."""

    TASK = 1
    REASSIGN = 2
    CASE = 3
    DATES = 4
    LETTERS = 5
    OPERATIONS = 6
    PROCESS = 7
    """The supervisor's interventions in the running processes."""
    EVENTS = 8


@dataclass(frozen=True, slots=True)
class Check:
    """An invariant (sv. kontroll) and what is said when it is broken."""

    key: str
    severity: Severity
    title: str
    explanation: str
    """The facts of the case."""
    why: str
    """Why it matters."""
    repair: str
    """What to do."""
    where: Repair
    unit: Unit = Unit.ADULTS
    """Whose it is where the row itself names no unit."""
    is_engine: bool = False
    """The process itself is broken: its owner is told too."""


_CRITICAL, _SERIOUS, _NOTICE = Severity
_TASKS = (
    Check(
        "task_unclaimed", _SERIOUS, "Ingen har tagit uppgiften",
        "{task} har väntat på {unit} sedan {since_at} utan att någon har tagit den.",
        "Det som ingen har åtagit sig blir inte gjort.",
        "Fördela uppgiften till någon i enheten.", Repair.REASSIGN,
    ),
    Check(
        "task_holder_away", _SERIOUS, "Den som har uppgiften är borta när den ska vara klar",
        "{person} har {task}, som ska vara klar {due_at}, men är borta till och med {away_on}. {substitute} ersätter.",
        "Ingen annan vet att uppgiften är deras.",
        "Låt ersättaren göra den, eller fördela den till någon som är på plats.", Repair.REASSIGN,
    ),
    Check(
        "task_holder_left", _SERIOUS, "Den som har uppgiften arbetar inte kvar",
        "{person} har {task}, men kontot är stängt.",
        "Uppgiften syns inte hos någon som kan göra den.",
        "Fördela uppgiften till någon annan.", Repair.REASSIGN,
    ),
    Check(
        "task_holder_without_access", _SERIOUS, "Den som har uppgiften får inte göra den",
        "{person} har {task}, men hör inte längre till {unit}, eller är jävig i ärendet.",
        "Den som har uppgiften kan inte öppna den, och ingen annan ser att den är ledig.",
        "Fördela uppgiften till någon i enheten som inte är jävig.", Repair.REASSIGN,
    ),
    Check(
        "task_overdue", _SERIOUS, "Uppgiften är försenad",
        "{task} skulle ha varit klar {due_at}. {holder} har den.",
        "Den som väntar på hjälp får den för sent.",
        "Fråga den som har uppgiften vad som hindrar, eller fördela om den.", Repair.TASK,
    ),
    Check(
        "task_gate_closed", _NOTICE, "En spärr har varit stängd länge",
        "{task} har inte kunnat göras sedan {since_at}, eftersom en spärr är stängd.",
        "Ärendet står still tills spärren öppnas eller steget förklaras omöjligt.",
        "Läs på uppgiften vad som öppnar spärren. Går det inte, svara att steget inte kan genomföras.", Repair.TASK,
    ),
    Check(
        "task_rest_over", _SERIOUS, "Vilan är slut men uppgiften har inte kommit tillbaka",
        "{task} skulle ha kommit tillbaka {due_at}.",
        "Uppgiften är gömd för den som ska göra den.",
        "Kontrollera i Driftläge att arbetsprocessen är igång. Öppna sedan uppgiften.", Repair.OPERATIONS,
    ),
    Check(
        "closed_with_tasks", _SERIOUS, "Ärendet är avslutat men har en öppen uppgift",
        "Ärendet avslutades {since_at}, men {task} är fortfarande öppen.",
        "Antingen är ärendet inte slut, eller så väntar en uppgift på ingenting.",
        "Ta ställning till om uppgiften ska göras eller dras tillbaka.", Repair.PROCESS,
    ),
)  # fmt: skip
_DATES = (
    Check(
        "recovery_undecided", _CRITICAL, "Återvinningsfristen går mot sitt slut utan beslut",
        "Sista dagen att få tillbaka hyresrätten är {date_on}, och ingen har prövat hur den kan räddas.",
        "Efter fristen går hyresrätten inte att få tillbaka genom att hyran betalas (JB 12:44).",
        "Pröva i dag om skulden kan betalas eller nämnden ska åta sig betalningsansvaret.", Repair.CASE,
    ),
    Check(
        "presence_unplanned", _CRITICAL, "Avhysningen är nära och ingen närvaro är planerad",
        "Kronofogden kommer {date_on}, och det finns ingen plan för det datumet.",
        "Socialtjänsten ska vara på plats, särskilt när barn berörs (handboken 5.5 och 7).",
        "Planera vem som är på plats, eller dokumentera varför ingen ska vara det.", Repair.CASE,
    ),
    Check(
        "confirmation_unsent", _CRITICAL, "Kronofogden har inte fått sin bekräftelse",
        "Underrättelsen skulle ha bekräftats {date_on}.",
        "Bekräftelsen ska skickas samma dag som underrättelsen kom in (SoF 11:3).",
        "Skicka bekräftelsen nu och anteckna varför den är sen.", Repair.CASE,
    ),
    Check(
        "child_clock_passed", _CRITICAL, "En frist för ett barn har gått ut",
        "{deadline} skulle ha varit gjort senast {date_on}.",
        "Fristerna i socialtjänstlagen 20 kap. skyddar barnet och går inte att vänta ut.",
        "Se till att beslutet fattas i dag och att skälen till förseningen antecknas.", Repair.CASE, Unit.CHILDREN,
    ),
    Check(
        "child_clock_near", _SERIOUS, "En frist för ett barn går snart ut",
        "{deadline} ska vara gjort senast {date_on}.",
        "Fristerna i socialtjänstlagen 20 kap. går inte att förlänga i efterhand.",
        "Kontrollera att någon arbetar med det och hinner.", Repair.CASE, Unit.CHILDREN,
    ),
    Check(
        "intake_too_long", _SERIOUS, "Aktualiseringen har pågått för länge",
        "Gränsen på fyra veckor passerades {date_on}, och inga särskilda skäl är prövade.",
        "En aktualisering bör inte pågå längre än två till fyra veckor (handboken 5.2).",
        "Ta ställning till om en utredning ska inledas, eller pröva särskilda skäl.", Repair.CASE,
    ),
    Check(
        "legal_date_passed", _SERIOUS, "En lagstadgad dag har passerat",
        "{deadline} skulle ha varit gjort senast {date_on}.",
        "Dagen står i lag och ingen har gjort det som skulle vara gjort.",
        "Gör det nu och anteckna varför det är sent.", Repair.CASE,
    ),
    Check(
        "dates_differ", _SERIOUS, "En sparad frist stämmer inte med reglerna",
        "{deadline}: sparat {kept_on}, uträknat på nytt {counted_on}.",
        "Den som läser fristen litar på fel dag.",
        "Anteckna något i ärendet så räknas alla frister om. Händer det igen är det ett fel i systemet.", Repair.DATES,
        is_engine=True,
    ),
    Check(
        "case_not_gone_through", _SERIOUS, "Ärendet har inte gåtts igenom i dag",
        "Frister, spärrar och prioritet räknades senast om {date_on}.",
        "Det som har blivit bråttom sedan dess syns inte.",
        "Kontrollera i Driftläge att arbetsprocessen är igång.", Repair.OPERATIONS,
    ),
)  # fmt: skip
_PROCESSES = (
    Check(
        "engine_error", _CRITICAL, "Systemet kan inte föra ärendet vidare",
        "{job} har misslyckats {attempts} gånger och försöks inte igen.",
        "Tidsgränser i ärendet går inte av så länge felet står kvar.",
        "Se felet i Driftläge, rätta orsaken och låt systemet försöka igen.", Repair.OPERATIONS, is_engine=True,
    ),
    Check(
        "engine_failing", _SERIOUS, "Systemet försöker om och om igen",
        "{job} har misslyckats {attempts} gånger sedan {since_at}.",
        "Går det inte över av sig självt står ärendet snart still.",
        "Se felet i Driftläge.", Repair.OPERATIONS, is_engine=True,
    ),
    Check(
        "timer_late", _SERIOUS, "En tidsgräns har passerat utan att något hände",
        "{step} skulle ha gått av {due_at}.",
        "Det som skulle ha hänt av sig självt har inte hänt.",
        "Kontrollera i Driftläge att arbetsprocessen är igång.", Repair.OPERATIONS,
    ),
    Check(
        "suspension_over",
        _SERIOUS,
        "Pausen är slut men ärendet har inte återupptagits",
        "Ärendet skulle ha återupptagits {due_at}.",
        "Tidsgränser och påminnelser vilar så länge ärendet är pausat.",
        "Kontrollera i Driftläge att arbetsprocessen är igång, eller återuppta ärendet för hand.",
        Repair.PROCESS,
    ),
    Check(
        "instance_idle", _CRITICAL, "Processen väntar på ingenting",
        "{process} pågår men har ingen öppen uppgift, ingen tidsgräns och inget meddelande att vänta på.",
        "Ärendet står still för alltid utan att något syns i någons inkorg.",
        "Gå tillbaka till ett steg eller avbryt processen.", Repair.PROCESS, is_engine=True,
    ),
    Check(
        "message_impossible", _CRITICAL, "Processen väntar på något som inte kan hända",
        "{process} väntar på {message}, och inget som pågår i ärendet kan leda till det.",
        "Ärendet står still för alltid utan att något syns i någons inkorg.",
        "Lämna meddelandet för hand, gå tillbaka till ett steg eller avbryt processen.", Repair.PROCESS,
        is_engine=True,
    ),
    Check(
        "rows_differ", _CRITICAL, "Inkorgen stämmer inte med processen",
        "{process}: {missing} saknas och {extra} finns utan att processen frågar efter dem.",
        "Någon ser en uppgift som inte går att slutföra, eller så syns en uppgift inte alls.",
        "Avbryt inte ärendet. Processägaren får veta felet och rättar läget.", Repair.PROCESS, is_engine=True,
    ),
    Check(
        "state_unreadable", _CRITICAL, "Processens läge går inte att läsa",
        "{process} har ett sparat läge som inte går att öppna.",
        "Ingen uppgift i processen kan slutföras och ingen tidsgräns går av.",
        "Processägaren får veta felet. Återställ läget från en säkerhetskopia.", Repair.PROCESS, is_engine=True,
    ),
)  # fmt: skip
_CASES = (
    Check(
        "nobody_responsible", _SERIOUS, "Ingen är ansvarig för ärendet",
        "Ärendet öppnades {since_at} och har ingen ansvarig handläggare.",
        "Den enskilde ska veta vem som är ansvarig, och någon ska se helheten.",
        "Utse en ansvarig handläggare.", Repair.EVENTS, Unit.COORDINATION,
    ),
    Check(
        "nobody_substitute", _NOTICE, "Ärendet har ingen ersättare",
        "Ärendet öppnades {since_at} och ingen är utsedd att ersätta {person}.",
        "Är den ansvarige sjuk finns ingen som tar vid.",
        "Utse en ersättare.", Repair.EVENTS, Unit.COORDINATION,
    ),
    Check(
        "responsible_left", _SERIOUS, "Den som ansvarar kan inte längre ansvara",
        "{person} står som ansvarig eller ersättare, men arbetar inte kvar eller är jävig.",
        "Påminnelser går till någon som inte kan göra något.",
        "Utse en ny.", Repair.EVENTS, Unit.COORDINATION,
    ),
    Check(
        "both_away", _SERIOUS, "Både den ansvarige och ersättaren är borta",
        "{person} är borta till och med {away_on}, och ingen ersättare är på plats.",
        "Ingen som kan ärendet är här.",
        "Utse någon som är på plats.", Repair.EVENTS, Unit.COORDINATION,
    ),
    Check(
        "notice_without_stance", _SERIOUS, "Ingen har tagit ställning till underrättelsen",
        "En underrättelse registrerades {since_at} och har inget ställningstagande.",
        "Fristen för hyresgästen löper även när ingen läser underrättelsen (JO 1683-2017).",
        "Ta ställning till underrättelsen.", Repair.CASE, Unit.COORDINATION,
    ),
    Check(
        "home_has_two_cases", _SERIOUS, "Två öppna ärenden för samma hushåll",
        "Ärende {other_case} gäller samma hushåll eller bostad.",
        "Två handläggare arbetar utan att veta vad den andra gör, och frister räknas i fel ärende.",
        "Samla arbetet i det äldre ärendet och avsluta det andra.", Repair.CASE, Unit.COORDINATION,
    ),
    Check(
        "alarm_unseen", _SERIOUS, "Ett larm är inte kvitterat",
        "Larmet gick till {unit} {since_at} och ingen har kvitterat det.",
        "Ett larm som ingen har sett är inget larm.",
        "Läs larmet, gör det som behövs och kvittera.", Repair.CASE,
    ),
)  # fmt: skip
_LETTERS = (
    Check(
        "letter_unsent", _SERIOUS, "Ett brev är skrivet men inte skickat",
        "{letter} skrevs {since_at} och är inte antecknat som skickat.",
        "Mottagaren väntar, eller så saknas beviset på att brevet gick i väg.",
        "Skicka brevet och anteckna hur, eller skriv varför det inte ska skickas.", Repair.LETTERS,
    ),
    Check(
        "letter_returned", _SERIOUS, "Ett brev har kommit i retur",
        "{letter} kom i retur {since_at} och inget nytt brev är skickat.",
        "Mottagaren vet inte det som brevet säger.",
        "Kontrollera adressen och skicka brevet på nytt.", Repair.LETTERS,
    ),
    Check(
        "mail_given_up", _NOTICE, "E-post till personalen kom inte fram",
        "E-posten till {person} gavs upp {since_at}.",
        "Påminnelser och larm når inte fram.",
        "Kontrollera personens e-postadress och e-postservern.", Repair.OPERATIONS,
    ),
)  # fmt: skip

CHECKS: dict[str, Check] = {check.key: check for check in (*_TASKS, *_DATES, *_PROCESSES, *_CASES, *_LETTERS)}
"""Every check by its key."""
CASE_BY_CASE = frozenset(
    {"presence_unplanned", "dates_differ", "message_impossible", "rows_differ", "state_unreadable"}
)
"""What takes the whole case to see: the rules' picture of it, or the state of its processes."""
