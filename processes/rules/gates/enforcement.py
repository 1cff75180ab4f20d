"""Gate about the day of the eviction: the board is there, unless Kronofogden has told us something that changes it.

Presence is the rule at every eviction. The exception takes a consultation with Kronofogden (whom, when, why), and for a
family with children the head of unit as well (handboken 4.3, 5.5, 7).
"""

from __future__ import annotations

from processes.rules.children_concerned import concerns_children, where_children_are_told_of
from processes.rules.gates.gate import Gate, GateAnswer, GateQuestion, Level, closed, opened

APPROVAL_STEP = "godkann_avsta_narvaro"


def presence_exception(question: GateQuestion) -> GateAnswer:
    """May the board stay away? (R-070, R-158)

    Looked at when completing: `kfm_officer` (whom), `kfm_consulted_at` (when), `reason` (why). On the approval step,
    which a family always takes, only the head of unit may answer.
    """
    children = concerns_children(question.snapshot, question.now)
    evidence = where_children_are_told_of(question.snapshot, question.now)
    if not question.is_completing:
        why = "Närvaro är huvudregel. Avstå bara efter samråd med Kronofogden" + (
            " och med Enhetschefs godkännande, eftersom barn berörs." if children else "."
        )
        return opened(why, *evidence)
    if question.step_id == APPROVAL_STEP:
        if question.person is not None and question.person.is_head:
            return opened("Enhetschef prövar.", *evidence)
        return closed(
            "Barn berörs. Bara Enhetschef kan godkänna att nämnden avstår.",
            "Lämna över till Enhetschef.",
            *evidence,
        )
    missing = [
        label
        for name, label in (("kfm_officer", "med vem"), ("kfm_consulted_at", "när"), ("reason", "varför"))
        if not question.text(name)
    ]
    if missing:
        return closed(
            f"Samrådet med Kronofogden är inte dokumenterat: {', '.join(missing)}.",
            "Ring Kronofogden och anteckna med vem, när och vad som motiverar en annan bedömning. Annars: närvara.",
        )
    if children:
        return opened("Samråd är dokumenterat. Barn berörs, så Enhetschef godkänner.", *evidence)
    return opened("Samråd med Kronofogden är dokumenterat.")


ENFORCEMENT_GATES = (
    Gate(
        "presence-exception", Level.HARD, "Avstå från närvaro", ("R-070", "R-074", "R-108", "R-158"),
        "handboken 4.3, 5.5, 7", presence_exception,
    ),
)  # fmt: skip
