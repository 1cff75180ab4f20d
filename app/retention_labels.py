"""Swedish words for what goes when a case is destroyed, and for what stands beside a record that is wrong."""

from __future__ import annotations

from processes.rules.insight import RECIPIENTS
from processes.rules.retention import GROUNDS

RETENTION_LABELS: dict[str, dict[str, str]] = {
    "table": {
        "bookings": "Bokade besök",
        "cases": "Ärendet",
        "consents": "Samtycken",
        "contact_attempts": "Kontaktförsök",
        "correction_notes": "Rättelser och invändningar",
        "deadlines": "Frister med äldre versioner",
        "destruction_proposals": "Förslag om gallring",
        "disclosures": "Utlämnade uppgifter",
        "drafts": "Utkast",
        "emergency_accesses": "Nödåtkomster",
        "events": "Händelser",
        "finding_silences": "Tystade fynd",
        "findings": "Fynd",
        "job_failures": "Driftfel",
        "journal_entries": "Journalrader",
        "kept_messages": "Väntande meddelanden",
        "legal_holds": "Gallringsstopp",
        "letters": "Brev",
        "mails": "Påminnelser i e-post",
        "notices": "Underrättelser",
        "notifications": "Aviseringar",
        "persons": "Personer",
        "process_instances": "Processer",
        "recusals": "Anmälda jäv",
        "reminders": "Påminnelser",
        "submissions": "Inlämnade genom andra system",
        "subscriptions": "Inväntade meddelanden",
        "tasks": "Uppgifter",
        "timers": "Tidsbevakningar",
        "told_dates": "Dagar i kalendrar",
    },
    "retention": {str(ground): sentence for ground, sentence in GROUNDS.items()},
    "file_recipient": {str(recipient): words for recipient, words in RECIPIENTS.items()},
    "correction": {
        "correction": "Rättelse",
        "objection": "Den enskildes invändning",
        "taken_back": "Antecknades av misstag och räknas inte",
    },
}
