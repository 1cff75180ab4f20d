"""Swedish words for the codes that the tables keep: phases, roles, channels, outcomes."""

from __future__ import annotations

from collections.abc import Iterable

from app.audit_labels import AUDIT_LABELS
from app.intervention_labels import INTERVENTION_LABELS, INTERVENTIONS_IN_JOURNAL
from app.job_labels import JOB_LABELS
from app.retention_labels import RETENTION_LABELS
from app.statistics_labels import STATISTICS_LABELS
from app.texts import t
from app.workshop_labels import WORKSHOP_LABELS
from processes.rules.consent import CONTENTS, PURPOSES, RECIPIENTS
from processes.rules.deadlines.register import DEADLINES
from processes.rules.events import EVENTS
from processes.rules.letters import CHANNELS
from processes.rules.mail import KINDS as MAIL_KINDS
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.rules.outcomes import OUTCOMES
from processes.rules.units import UNIT_NAMES

LABELS: dict[str, dict[str, str]] = {
    "phase": {
        "early": "Tidig insats",
        "termination": "Uppsägning",
        "enforcement": "Kronofogden",
        "after": "Efteråt",
    },
    "happening": {
        "timer": "Tidsgräns",
        "task_new": "Ny uppgift",
        "task_withdrawn": "Drogs tillbaka",
        "task_late": "Försenad",
        "deadline_passed": "Frist passerad",
        "told": "Påminnelse",
    },
    "person": {
        "contract_holder": "Kontraktsinnehavare",
        "co_tenant": "Medhyresgäst",
        "partner": "Make, maka eller sambo",
        "adult_resident": "Annan vuxen i bostaden",
        "child": "Barn som bor här",
        "contact_child": "Umgängesbarn",
        "guardian_elsewhere": "Vårdnadshavare på annan adress",
        "representative": "God man, förvaltare eller ombud",
    },
    "protection": {
        "none": "Inget skydd",
        "secrecy_mark": "Sekretessmarkering",
        "protected_registration": "Skyddad folkbokföring",
        "unknown": "Skydd inte kontrollerat",
    },
    "contract": {
        "first_hand": "Hyresrätt i första hand",
        "second_hand_approved": "Andra hand med tillstånd",
        "second_hand_unapproved": "Andra hand utan tillstånd",
        "municipal": "Kommunalt kontrakt",
        "cooperative": "Bostadsrätt",
        "lodger": "Inneboende",
        "other": "Annan upplåtelse",
        "unknown": "Upplåtelse okänd",
    },
    "channel": {
        **CHANNELS,
        "letter": "Brev",
        "e_service": "E-tjänst",
        "sdk": "Säker digital kommunikation",
        "email": "E-post",
        "phone": "Telefon",
        "sms": "Sms",
        "visit": "Besök",
        "meeting": "Möte",
        "internal": "Internt",
        "booked_meeting": "Bokat möte",
        "announced_visit": "Aviserat hembesök",
        "unannounced_visit": "Oanmält hembesök",
        "via_relative": "Genom anhörig",
        "digital": "Digitalt",
    },
    "attempt": {
        "reached": "Nådd",
        "message_left": "Meddelande lämnat",
        "no_answer": "Inget svar",
        "wrong_number": "Fel nummer",
        "refused": "Ville inte",
        "returned_mail": "Brevet i retur",
    },
    "informant": {
        "landlord": "Hyresvärd",
        "disturbance_patrol": "Störningsjouren",
        "kfm": "Kronofogden",
        "other_administration": "Annan förvaltning",
        "relative": "Anhörig",
        "other_private": "Annan privatperson",
        "individual": "Den enskilde själv",
        "own_observation": "Egen iakttagelse",
    },
    "ground": {
        "arrears": "Obetald hyra",
        "disturbance": "Störning",
        "serious_disturbance": "Särskilt allvarlig störning",
        "repeated_late_payment": "Upprepat sena betalningar",
        "sublet": "Otillåten andrahandsuthyrning",
        "crime": "Brottslig verksamhet",
        "other": "Annan grund",
    },
    "stance": {
        "handle": "Hanteras",
        "add_to_case": "Läggs till ärendet",
        "forward": "Skickas vidare",
        "not_for_us": "Inte för socialtjänsten",
        "advice_only": "Endast råd",
    },
    "direction": {
        "give": "lämna uppgifter",
        "obtain": "hämta uppgifter",
        "both": "lämna och hämta uppgifter",
    },
    "consent_form": {"written": "skriftligt", "oral": "muntligt", "digital": "digital underskrift"},
    "role": {
        "handlaggare": "Handläggare",
        "samordnare": "Samordnare",
        "enhetschef": "Enhetschef",
        "processagare": "Processägare",
        "granskare": "Granskare",
        "systemadministrator": "Systemadministratör",
    },
    "means": {
        "password": "Lösenord",
        "code": "Engångskod",
        "current_password": "Lösenordet igen, på kontosidan",
        "provider": "Kommunens inloggning",
    },
    "refused": {
        "wrong": "Fel lösenord eller kod",
        "unknown": "Namnet finns inte",
        "deactivated": "Kontot är stängt",
        "braked": "För många försök",
        "no_access": "Ingen grupp ger tillgång",
        "name_taken": "Namnet tillhör ett annat konto",
        "not_trusted": "Svaret gick inte att lita på",
    },
    "ground_of_disclosure": {"consent": "Samtycke", "legal_ground": "Stöd i lag"},
    "recipient": RECIPIENTS,
    "purpose": PURPOSES,
    "content": CONTENTS,
    "journal": {
        "case_opened": "Ärendet öppnades",
        "case_reopened": "Ärendet återöppnades",
        "case_closed": "Ärendet avslutades",
        "notice_registered": "Registrerade underrättelsen",
        "person_added": "Lade till en person",
        "value_changed": "Ändrade",
        "letter_written": "Skrev brev",
        "letter_corrected": "Rättade uppgift om brev",
        "task_claimed": "Tog uppgiften",
        "task_released": "Lämnade tillbaka uppgiften",
        "task_assigned": "Fördelade uppgiften",
        "task_completed": "Slutförde uppgiften",
        "task_withdrawn": "Uppgiften föll bort",
        "task_rests": "Lät uppgiften vila",
        "task_returned": "Uppgiften är tillbaka",
        "notification_acknowledged": "Kvitterade",
        "access_recused": "Anmälde jäv",
        "access_recusal_corrected": "Rättade ett jäv",
        "access_emergency": "Öppnade med nödåtkomst",
        "access_approved": "Nödåtkomst befogad",
        "access_reported": "Nödåtkomst anmäld som intrång",
        "hold_placed": "Stoppade gallringen",
        "hold_lifted": "Hävde gallringsstoppet",
        "destruction_proposed": "Föreslog gallring",
        "destruction_withdrawn": "Tog tillbaka förslaget om gallring",
        "file_handed_out": "Lämnade ut en persons akt",
        "event_corrected": "Rättade en händelse",
        "record_corrected": "Antecknade en rättelse",
        "objection_noted": "Antecknade en invändning",
        "deadline_set": "Ny frist",
        "deadline_moved": "Ändrad frist",
        "deadline_ended": "Fristen löper inte längre",
        "process_started": "Började",
        "process_ended": "Blev klar",
        "finding_silenced": "Tystade ett fynd",
        "finding_heard": "Lät ett fynd visas igen",
        "job_given_up": "Systemet kunde inte föra ärendet vidare",
        "job_retried": "Lät systemet försöka igen",
        **INTERVENTIONS_IN_JOURNAL,
    },
    "changed": {
        "cases.phase": "ärendets fas",
        "cases.outcome": "ärendets utfall",
        "cases.responsible": "ansvarig handläggare",
        "cases.substitute": "ersättare",
        "consents.withdrawn_at": "samtycke: återkallat",
        "consents.valid_until": "samtycke: gäller till och med",
        "letters.sent_at": "brev: skickat",
        "letters.channel": "brev: hur det skickades",
        "letters.item_number": "brev: kollinummer",
        "letters.sent_by_id": "brev: antecknat av",
        "letters.returned_at": "brev: i retur",
        "letters.returned_why": "brev: varför i retur",
        "notices.received_at": "underrättelsen: kom in",
        "notices.served_on": "underrättelsen: delgiven den",
        "notices.served_confirmed": "underrättelsen: delgivningen bekräftad",
        "notices.posted_on": "underrättelsen: postad till nämnden",
        "notices.posted_registered": "underrättelsen: postad rekommenderat",
        "notices.notice_dated_on": "underrättelsen: daterad",
        "notices.must_move_anyway": "underrättelsen: måste flytta ändå",
        "notices.amount_due": "underrättelsen: skuld",
        "notices.stance": "underrättelsen: ställningstagande",
        "notices.grounds": "underrättelsen: grunder",
        "notices.informant": "underrättelsen: vem som informerat",
        "persons.protection": "person: skyddsstatus",
        "persons.died_on": "person: avliden den",
    },
    "letter": {
        "atagande": "Åtagande om betalningsansvar",
        "begaran-om-anstand": "Begäran om anstånd",
        "bekraftelse": "Bekräftelse",
        "brev-om-hembesok": "Brev om hembesök",
        "handlingsplan": "Handlingsplan",
        "information-om-uppfoljning": "Information om uppföljning",
        "information-till-hyresvard": "Information till hyresvärd",
        "informationsbrev": "Informationsbrev",
        "kopia-av-bekraftelse": "Kopia av bekräftelse",
        "rad-om-nycklar": "Råd om nycklar",
        "rad-till-foraldrar": "Råd till föräldrar",
        "samtyckesblankett": "Samtyckesblankett",
    },
    "deadline": {rule.id: rule.title for rule in DEADLINES.values()},
    "notice": {kind.letter: kind.label for kind in NOTICE_KINDS.values()},
    "event": {event.name: event.label for event in EVENTS.values()},
    "outcome": {outcome.code: outcome.label for outcome in OUTCOMES.values()},
    "unit": {str(unit): name for unit, name in UNIT_NAMES.items()},
    "mail": {kind.name: kind.label for kind in MAIL_KINDS.values()},
    **AUDIT_LABELS,
    **JOB_LABELS,
    **INTERVENTION_LABELS,
    **RETENTION_LABELS,
    **WORKSHOP_LABELS,
    **STATISTICS_LABELS,
}


def unit_names(units: Iterable[str]) -> str:
    """The units in a row: `Vuxenenheten och Samordningsfunktionen`."""
    return t(" och ").join(label("unit", unit) for unit in units)


def label(family: str, code: object) -> str:
    """The word for a code; the code itself if it has none, so that nothing is hidden."""
    return t(LABELS[family].get(str(code), str(code)))
