"""The first weeks of a case: how long it may stay an intake, and that an investigation is opened at once when needed.

The pure functions of D-16 and D-17. The weeks are the handbook's guide, not law, so a day off moves nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from processes.rules import calendar
from processes.rules.deadlines.register import explain, later
from processes.rules.explanation import Explanation, StartingPoint
from processes.rules.policy import Policy


def investigation_opens_at_once(known: StartingPoint) -> Explanation:
    """D-16: an investigation opens at once when what became known may lead to a measure (SoL 14:2).

    It overrides the guide of D-17 and waits for no working day.
    """
    end = calendar.end_of_day(known.on)
    return explain("D-16", later((known,)), (known,), at=end, latest_at=end)


def intake_guide(received: StartingPoint, policy: Policy) -> Explanation:
    """D-17: the first guide day of the intake, two weeks after the notice came in (handboken 5.2)."""
    counting = later((received,)).days(policy.intake_guide_days)
    return explain("D-17", counting, (received,), part="guide", title="Aktualiseringen bör vara klar")


def intake_limit(received: StartingPoint, policy: Policy) -> Explanation:
    """D-17: the second guide day, after which going on takes special reasons (handboken 5.2: four weeks)."""
    counting = later((received,)).days(policy.intake_limit_days)
    title = "Längre aktualisering kräver särskilda skäl"
    return explain("D-17", counting, (received,), part="limit", title=title)


def intake_review(received: StartingPoint, policy: Policy, *, not_before: date) -> Explanation:
    """D-17: the first day from `not_before` on which special reasons are weighed: the limit, then every week."""
    days = policy.intake_limit_days
    while received.on + timedelta(days=days) < not_before:
        days += policy.intake_review_days
    if days == policy.intake_limit_days:
        return intake_limit(received, policy)
    counting = later((received,)).days(days)
    return explain("D-17", counting, (received,), part="limit", title="Pröva på nytt om särskilda skäl finns")
