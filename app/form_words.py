"""What a process owner reads about forms: the kinds of questions, and what a form stands for in its preview."""

from __future__ import annotations

from processes.forms import Choices, Option
from processes.forms.editing_kinds import codes

KIND_WORDS = {
    "text": "Kort text",
    "long_text": "Lång text",
    "choice": "Ett av flera svar",
    "choices": "Flera svar får väljas",
    "yes_no": "Ja eller nej",
    "tick": "Ruta att kryssa i",
    "whole_number": "Heltal",
    "number": "Tal",
    "money": "Belopp i kronor",
    "date": "Dag",
    "date_time": "Dag och klockslag",
    "personal_number": "Personnummer",
    "rows": "Tabell med rader",
}
POINTED_AT = {
    "person": ("en person i ärendet", "personer i ärendet"),
    "adult": ("en vuxen i ärendet", "vuxna i ärendet"),
    "child": ("ett barn i ärendet", "barn i ärendet"),
    "notice": ("en underrättelse", "underrättelser"),
    "consent": ("ett samtycke", "samtycken"),
    "caseworker": ("en kollega", "kollegor"),
    "unit": ("en enhet", "enheter"),
    "application": ("en ansökan", "ansökningar"),
    "report": ("en orosanmälan", "orosanmälningar"),
    "request": ("en begäran", "begäranden"),
    "watch": ("en bevakning", "bevakningar"),
}
"""One and several of each."""
FICTIONAL = {
    "person": ("Påhittad Person", "Annan Påhittad"),
    "adult": ("Påhittad Vuxen", "Annan Påhittad Vuxen"),
    "child": ("Påhittat Barn", "Annat Påhittat Barn"),
    "notice": ("Påhittad underrättelse, 2 mars",),
    "consent": ("Påhittat samtycke till hyresvärden",),
    "caseworker": ("Påhittad Kollega", "Annan Kollega"),
    "unit": ("Vuxenenheten", "Samordningsfunktionen"),
    "application": ("Påhittad ansökan",),
    "report": ("Påhittad orosanmälan",),
    "request": ("Påhittad begäran",),
    "watch": ("Påhittad bevakning",),
}
"""What a preview offers to choose from instead of a case."""
SAMPLES = Choices(
    {
        kind: [Option(number, name) for number, name in enumerate(names, start=1)]
        for kind, names in FICTIONAL.items()
    }
)


def kind_words(code: str) -> str:
    """What the kind of a field is called: `reference:person` is "Välj en person i ärendet"."""
    kind, _, pointed_at = code.partition(":")
    if not pointed_at:
        return KIND_WORDS.get(kind, "Något som formulärspråket inte har")
    one, several = POINTED_AT[pointed_at]
    return f"Välj {one if kind == 'reference' else several}"


def kinds_to_choose() -> list[tuple[str, str]]:
    """Every kind with its words, the ordinary ones first."""
    return [(code, kind_words(code)) for code in codes()]
