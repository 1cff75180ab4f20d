"""Gates about children: who may talk with a child alone, and who may decide about a child.

A talk without the guardian belongs in an investigation about the child (SoL 20:7); decisions about a child's need of
protection or support take the degree that the law demands (SoL 25:1).
"""

from __future__ import annotations

from processes.rules.gates.gate import Gate, GateAnswer, GateQuestion, Level, closed, is_yes, opened
from processes.rules.gates.investigation import CHILD_OPENED, open_child_investigation
from processes.rules.snapshot import EventSeen


def _child_investigations(question: GateQuestion) -> list[EventSeen]:
    """The child investigations that are open now, of the step's own report or of any report in the case."""
    opened_by = question.snapshot.events_named(CHILD_OPENED)
    reports = {event.scope for event in opened_by}
    asked = {question.scope} if question.scope.kind == "report" else reports
    found = (open_child_investigation(question.snapshot, report, question.now) for report in asked)
    return sorted((event for event in found if event is not None), key=lambda event: event.id)


def child_talk(question: GateQuestion) -> GateAnswer:
    """May a child be talked with alone? Only in an open investigation about the child (R-026).

    When completing, a talk is alone if `child_met_alone` is yes; a child met together with a guardian passes.
    """
    if question.is_completing and not is_yes(question.answer("child_met_alone")):
        return opened("Barnet träffas inte ensamt.")
    investigations = _child_investigations(question)
    if investigations:
        return opened("Barnutredning är inledd.", *(f"händelse {event.id}" for event in investigations))
    return closed(
        "Samtal med ett barn utan vårdnadshavare får bara hållas i en barnutredning.",
        "Träffa barnet tillsammans med en vårdnadshavare, eller vänta på beslutet om barnutredning.",
    )


def child_assessment(question: GateQuestion) -> GateAnswer:
    """May this person assess or decide about the child? Only with the required degree (R-173; SoL 25:1).

    To close such a task with a reason is no assessment, but it ends the matter for the child just as one would: that
    nothing is to be assessed, or not now, is itself for who has the degree to say. So `cannot_be_done` opens this
    gate to nobody; whoever lacks the degree hands the task over.
    """
    person = question.person
    if person is not None and person.has_child_degree:
        return opened("Handläggaren har den examen som krävs.", f"handläggare {person.user_id}")
    if person is None and not question.is_completing:
        return opened("Kräver socionomexamen eller motsvarande (SoL 25 kap. 1 §).")
    return closed(
        "Bedömningar och beslut om barn görs av den som har socionomexamen eller motsvarande.",
        "Lämna över uppgiften till en kollega med behörighet.",
    )


CHILD_GATES = (
    Gate(
        "child-talk", Level.HARD, "Enskilt samtal med barn", ("R-026",), "handboken 3; SoL 20:7", child_talk
    ),
    Gate(
        "child-assessment",
        Level.HARD,
        "Behörighet för barnärenden",
        ("R-173",),
        "SoL 25:1",
        child_assessment,
        asks_who_acts=True,
    ),
)
