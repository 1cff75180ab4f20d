"""What stands in the way of going back to an earlier step of a case, in the words of a head of unit.

A wrong answer is put right by answering again. What the answer set off is taken back through the correction of events,
openly and as far as it can be worked out anew. What has left the house, what somebody has decided and what was told to
Kronofogden cannot be taken back by walking backwards: it has happened (SoL 14:6, handboken 7.5).
"""

from __future__ import annotations

_LEFT = "Uppgifter har lämnats ut."
_DECIDED = "Ett beslut har fattats."
_TOLD = "Kronofogden har fått besked."
_DONE = "Det har redan hänt."

FINAL: dict[str, str] = {
    **dict.fromkeys(
        (
            "uppgift.lamnad",
            "ansokan.skickad",
            "atagande.postat",
            "overflyttning.begard",
            "aterkoppling.lamnad",
            "hyresvard.informerad",
            "orosanmalan.uppmanad",
        ),
        _LEFT,
    ),
    **dict.fromkeys(
        (
            "stallningstagande.gjort",
            "utredning.inledd",
            "utredning.ej_inledd",
            "utredning.avslutad",
            "tvangsprovning.avgjord",
            "avslut_utan_kontakt.provat",
            "sarskilda_skal.provade",
            "insats.beslutad",
            "bistand.beslutat",
            "atagande.beslutat",
            "sekretessgrund.beslutad",
            "hembesok.godkant",
            "hembesok.avslaget",
            "narvaro.avstadd",
            "skyddsbedomning.gjord",
            "barnutredning.inledd",
            "barnutredning.ej_inledd",
            "barnutredning.forlangd",
            "barnutredning.avslutad",
            "barnuppfoljning.beslutad",
            "forhandsbedomning.forlangd",
        ),
        _DECIDED,
    ),
    **dict.fromkeys(
        (
            "bekraftelse.skickad",
            "anstand.begart",
            "anstand.provat",
            "nycklar.bekraftade",
            "nycklar.inlamnade",
        ),
        _TOLD,
    ),
    **dict.fromkeys(
        (
            "avhysning.utfall",
            "kfm.underrattelse",
            "kfm.nyTid",
            "kfm.aterkallad",
            "kfm.verkstalld",
            "orosanmalan.inkom",
            "hembesok.bedomt",
            "avliden",
            "flytt",
        ),
        _DONE,
    ),
}
"""Events that no going back takes away, and why; by their names."""

DECISIONS = frozenset(name for name, why in FINAL.items() if why == _DECIDED)
"""Events that are a decision: the step in which one is made is not skipped either."""

UNSOUND: dict[str, str] = {
    "ended": "Processen är avslutad.",
    "unknown": "Steget finns inte längre i processen.",
    "open": "Steget är redan öppet. Rätta svaret där.",
    "beside": "Något annat pågår samtidigt som inte har kommit från steget{beside}. Det skulle gå förlorat.",
    "branch": "Steget hör ihop med andra steg som görs samtidigt och som redan är klara.",
    "several": "Delen med steget används på flera ställen i processen, och den är avslutad.",
}
"""Why the diagram does not allow it, by the engine's word for it (engine/going_back.py)."""
WAY_OUT = "Skriv en rättelse bredvid i stället, och anteckna det som gäller nu."
