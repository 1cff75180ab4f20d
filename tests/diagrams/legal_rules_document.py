"""Writes docs/lagregler.md: every legal rule as a process owner reads it, and which check catches which fault.

After a change of the rules or of the table of faults: `.venv/bin/python -m tests.diagrams.legal_rules_document`.
"""

from __future__ import annotations

from processes.diagrams.files import read_folder
from processes.diagrams.legal_rules import LEGAL_RULES, LegalRule
from processes.diagrams.legal_rules.children import CHILDREN
from processes.diagrams.legal_rules.enforcement import NOTICES, PRESENCE
from processes.diagrams.legal_rules.outcomes import OUTCOMES, RECOVERY
from processes.diagrams.legal_rules.rule import EVERYWHERE
from processes.diagrams.legal_rules.secrecy import SECRECY
from processes.diagrams.legal_rules.visits import VISITS
from processes.engine.reading import read_files
from tests.city import DIAGRAMS
from tests.diagrams.seeded_faults import FAULTS

DOCUMENT = DIAGRAMS.parent / "docs" / "lagregler.md"
INTRODUCTION = """# Lagregler: vad varje väg genom processerna måste hålla

De här {count} reglerna prövas på varje ändringsförslag, och en utgåva publiceras inte om en av dem är bruten. De står i
`processes/diagrams/legal_rules/`, en mening, en källa och ett mönster för var och en. Filen är gjord av dem; ändra inte
här.

En regel om ordningen prövas genom att processen spelas på alla sätt som ritningen tillåter: varje uppgift slutförs,
varje meddelande kommer, varje datum passeras, varje val går åt alla håll, också genom de processer som anropas. Svar i
formulär följs från där de ges till där ett villkor frågar efter dem. Fakta i ärendet läses inte: de kan vara vad som
helst, utom dem som regeln själv talar om. Därför gäller ett bevis för alla ärenden. Ett brott visas med den kortaste
vägen dit och med vilka svar vägen förutsätter, så att en människa kan bedöma om den kan hända.

Svaret är ett av fyra:

- **Bevisad**: regeln håller på varje väg.
- **Bruten**: det finns en väg där den inte håller; vägen visas.
- **Kanske bruten**: vägen går genom ett villkor som nämner något som regeln talar om, på ett sätt som kontrollen inte
  kan läsa. Skriv villkoret enklare.
- **Inte bevisad**: processen har fel som måste rättas först, har för många lägen för att alla ska kunna prövas, eller
  saknar det som regeln handlar om.
"""
GROUPS: dict[str, tuple[LegalRule, ...]] = {
    "Underrättelser": NOTICES,
    "Sekretess och utredning": SECRECY,
    "Barn": CHILDREN,
    "Besök, uppföljning och vem som avgör": VISITS,
    "Återvinningsfristen": RECOVERY,
    "Utfall": OUTCOMES,
    "Närvaro vid avhysning": PRESENCE,
}
FAULTS_INTRODUCTION = """
## Vilken kontroll som fångar vilket fel

{count} fel som en hand kan göra i ritningarna. Testet `tests/diagrams/test_seeded_faults.py` gör vart och ett och ser
att det fångas av det som står bredvid: en lagregel, eller en kontroll som säger de orden.

| Fel | I | Fångas av |
| --- | --- | --- |
"""


def document() -> str:
    """The whole text."""
    titles = {key: drawing.name for key, drawing in read_files(read_folder(DIAGRAMS), "").drawings.items()}
    parts = [INTRODUCTION.format(count=len(LEGAL_RULES))]
    for title, rules in GROUPS.items():
        rows = [f"| {rule.sentence} | {_place(rule, titles)} | {rule.source} |" for rule in rules]
        parts.append(
            "\n".join(
                ["", f"## {title}", "", "| Regel | Process | Källa |", "| --- | --- | --- |", *rows, ""]
            )
        )
    sentences = {rule.key: rule.sentence for rule in LEGAL_RULES}
    rows = [
        f"| {fault.what} | `{fault.file}` | {sentences[fault.rule] if fault.rule else f'”… {fault.says} …”'} |"
        for fault in FAULTS
    ]
    return "".join(parts) + FAULTS_INTRODUCTION.format(count=len(FAULTS)) + "\n".join(rows) + "\n"


def _place(rule: LegalRule, titles: dict[str, str]) -> str:
    return "Alla" if rule.process == EVERYWHERE else titles[rule.process]


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
