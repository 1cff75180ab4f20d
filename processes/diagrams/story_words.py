"""What a scenario file says, in Swedish: who does what, and what is expected to be true afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

EXPECTED: Final = {
    "open": "Uppgifter som är öppna",
    "only_open": "De enda öppna uppgifterna",
    "not_open": "Uppgifter som inte är öppna",
    "due": "När uppgifterna ska vara klara",
    "blocked": "Uppgifter som en spärr stoppar",
    "not_blocked": "Uppgifter som ingen spärr stoppar",
    "may": "Steg som får tas",
    "may_not": "Steg som inte får tas",
    "deadlines": "Frister",
    "readings": "Dagar som fristen kan läsas som",
    "explained": "Ord i förklaringen av fristen",
    "facts": "Fakta",
    "letters": "Antal brev",
    "addresses": "Vart breven går",
    "kept_apart": "Brev som bara nämner sin egen mottagare",
    "events": "Antal händelser",
    "running": "Processer som pågår",
    "not_running": "Processer som inte pågår",
    "notified": "Enheter som har fått veta",
    "phase": "Skedet",
    "outcome": "Utfallet",
    "closed": "Om ärendet är avslutat",
    "consents": "Antal gällande samtycken",
    "disclosures": "Antal utlämnanden av uppgifter",
}
"""What each kind of expectation is called."""


def act_in_words(step: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What happens in a step; `names` are what a person calls the steps and events by their ids."""
    who = str(step.get("who", "någon"))
    for act, verb in (("task", "gör"), ("look", "öppnar"), ("event", "antecknar")):
        if act in step:
            done = str(step[act])
            return f"{who} {verb} ”{names.get(done, done)}”"
    if "notice" in step:
        return f"{who} registrerar en underrättelse"
    return "tiden går" if "at" in step else "läget stäms av"


def value_in_words(value: Any, names: Mapping[str, str]) -> str:
    """A value of a scenario as a person reads it."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if value is None:
        return "saknas"
    if isinstance(value, list):
        return ", ".join(value_in_words(one, names) for one in value) or "inga"
    if isinstance(value, dict):
        return ", ".join(
            f"{names.get(str(key), key)}: {value_in_words(one, names)}" for key, one in value.items()
        )
    return names.get(str(value), str(value))
