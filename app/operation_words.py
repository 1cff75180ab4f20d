"""What a process owner reads about the operations of a diagram: each in Swedish, with what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.rules.consent import CONTENTS, PURPOSES, RECIPIENTS
from processes.rules.events import EVENTS
from processes.rules.letters import DEFENDANTS, OUTSIDERS
from processes.rules.outcomes import OUTCOMES
from processes.rules.units import UNIT_NAMES

PHASES = {
    "early": "Tidig insats",
    "termination": "Uppsägning",
    "enforcement": "Kronofogden",
    "after": "Efteråt",
}
LETTER_RECIPIENTS = {
    **OUTSIDERS,
    "contract_holders": "Kontraktsinnehavarna",
    "adults": "De vuxna i hushållet",
    "guardians_and_children_15": "Vårdnadshavarna och barn som fyllt 15",
    DEFENDANTS: "Dem som avhysningen gäller",
}
LETTER_PURPOSES = {
    **{code: words.capitalize() for code, words in PURPOSES.items()},
    "confirmation": "Bekräfta Kronofogdens underrättelse",
    "commitment": "Åta sig betalningsansvar",
}


@dataclass(frozen=True, slots=True)
class ParameterWords:
    """One thing that an operation is told."""

    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    """Values to choose from, with their words; empty when the value is written."""
    is_text: bool = False
    """Words for a person to read, written as they are."""
    of: str = ""
    """What the value names among the files: processes or letters."""


@dataclass(frozen=True, slots=True)
class OperationWords:
    """An operation in Swedish."""

    label: str
    parameters: Mapping[str, ParameterWords] = field(default_factory=dict)


OPERATION_WORDS: dict[str, OperationWords] = {
    "record_event": OperationWords(
        "Anteckna en händelse i ärendet",
        {"name": ParameterWords("Händelse", {name: event.label for name, event in EVENTS.items()})},
    ),
    "start_process": OperationWords(
        "Starta en process, om den inte redan pågår", {"key": ParameterWords("Process", of="processes")}
    ),
    "start_watch": OperationWords(
        "Börja bevaka något",
        {
            "kind": ParameterWords("Vad som bevakas (kod)"),
            "until": ParameterWords("Till när"),
            "text": ParameterWords("Text till handläggaren", is_text=True),
        },
    ),
    "connect_notice_to_case": OperationWords("Koppla underrättelsen till ärendet"),
    "set_phase": OperationWords("Sätt ärendets skede", {"phase": ParameterWords("Skede", PHASES)}),
    "set_outcome": OperationWords(
        "Anteckna hur det gick",
        {"outcome": ParameterWords("Utfall", {code: outcome.label for code, outcome in OUTCOMES.items()})},
    ),
    "notify": OperationWords(
        "Larma en enhet",
        {
            "unit": ParameterWords("Enhet", {str(unit): name for unit, name in UNIT_NAMES.items()}),
            "text": ParameterWords("Text", is_text=True),
        },
    ),
    "notify_participants": OperationWords(
        "Meddela dem som skulle närvara", {"text": ParameterWords("Text", is_text=True)}
    ),
    "prepare_letter": OperationWords(
        "Skriv ett brev",
        {
            "letter": ParameterWords("Brev", of="letters"),
            "recipient": ParameterWords("Till", LETTER_RECIPIENTS),
            "purpose": ParameterWords("Varför (till utomstående)", LETTER_PURPOSES),
            "contents": ParameterWords(
                "Vad som berättas (till utomstående)",
                {code: words.capitalize() for code, words in CONTENTS.items()},
            ),
            "own_words": ParameterWords("Egna ord i brevet"),
        },
    ),
}
"""Every operation of processes/operations by its name."""

TOLD_TO = {code: words[0].upper() + words[1:] for code, words in RECIPIENTS.items()}
"""Whom a step can tell something, for the property `mottagare`."""
