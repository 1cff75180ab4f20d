"""The demo's past: households whose cases were closed in the months before, so that the statistics can say something.

They are worked by the same actions as everything else, each at its own instants, and take a few seconds; only a demo
that somebody looks at has them. All of it is fictional.
"""

from __future__ import annotations

from typing import Any

from processes.actions.demo_scene import Scene, household, taken_in
from processes.unit_of_work import UnitOfWork

DISTRICTS = ("Backa", "Kvillebäcken", "Tuve")
WITHDRAWN = tuple(range(24, 330, 52))
"""So many days ago Kronofogden told of an eviction that was then withdrawn: now and then for most of a year."""
ASKED = tuple(range(31, 330, 50))
"""So many days ago somebody asked a question that was answered."""


def seed_history(work: UnitOfWork) -> None:
    """Add the closed cases of the past year to a demo that has its people."""
    for number, days_ago in enumerate(WITHDRAWN):
        scene = Scene(work)
        called_off(scene, number, days_ago)
        scene.end()
    for number, days_ago in enumerate(ASKED):
        scene = Scene(work)
        only_a_question(scene, number, days_ago)
        scene.end()


def called_off(scene: Scene, number: int, days_ago: int) -> None:
    """An eviction that Kronofogden withdrew in time; the tenant was reached and wanted nothing more."""
    mark = f"H-{number + 1:02}"
    [tenant] = household(mark, "contract_holder")
    scene.at(days_ago, "09:00")
    scene.notice(
        "siv",
        channel="post",
        address=f"Exempelvägen {100 + number}",
        apartment="1101",
        district=DISTRICTS[number % len(DISTRICTS)],
        contract_kind="first_hand",
        kind="F",
        informant="kfm",
        kfm_case_number=f"H-{number + 1:02}",
        eviction_at=f"{scene.day(9)}T09:00",
        caseworker=scene.staff("anna"),
        substitute=scene.staff("siv"),
        persons=[{**tenant, "is_defendant": True}],
    )
    scene.at(days_ago if number % 5 else days_ago - 1, "10:40")
    scene.complete("anna", "bekrafta_till_kronofogden", **_confirmed(scene))
    scene.at(days_ago - 1 - number % 3, "13:20")
    scene.complete("anna", "ta_emot_arende", **taken_in(scene))
    scene.at(days_ago - 3, "09:30")
    scene.complete("anna", "kontakta_hyresgast", **_talked(scene, scene.resident(str(tenant["name"]))))
    scene.at(days_ago - 4 - number % 3, "11:00")
    received_at = scene.clock(-10)
    scene.record(
        "anna", "kfm.aterkallad", received_at=received_at, reason="Skulden är betald.", source="phone"
    )
    scene.at(days_ago - 7, "14:00")
    scene.complete("anna", "bedom_utfall_avhysning", **_judged("settled_by_tenant"))


def only_a_question(scene: Scene, number: int, days_ago: int) -> None:
    """Somebody asked how a termination works."""
    scene.at(days_ago, "10:10")
    scene.notice(
        "siv",
        kind="J",
        channel="phone",
        informant="relative",
        address="Uppges inte",
        district=DISTRICTS[number % len(DISTRICTS)],
        contract_kind="unknown",
    )
    scene.at(days_ago - number % 2, "15:00")
    scene.complete(
        "siv",
        "ta_stallning",
        grounds=["other"],
        informant="relative",
        may_lead_to_measure=False,
        stance="advice_only",
        stance_motive="Allmän fråga om hur en uppsägning går till.",
    )


def _confirmed(scene: Scene) -> dict[str, Any]:
    return {
        "sent_at": scene.clock(),
        "channel": "secure_message",
        "caseworker": scene.staff("anna"),
        "caseworker_phone": "031-000 00 00",
        "content_checked": True,
        "copy_handling": "one_each",
    }


def _talked(scene: Scene, tenant: int) -> dict[str, Any]:
    return {
        "attempts": [{"person": tenant, "channel": "phone", "outcome": "reached", "at": scene.clock(-20)}],
        "contact_result": "reached",
        "person": tenant,
        "adult_stance": "declines",
        "information_given": ["economic_assistance", "budget_advice"],
        "may_lead_to_measure": False,
        "consents": [],
        "children_asked": "yes",
        "applies_for_assistance": False,
        "close_intake": True,
        "close_intake_motive": "Skulden betalas och mer hjälp behövs inte.",
    }


def _judged(outcome: str) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "outcome_motive": "Skulden är betald och avhysningen återkallad.",
        "child_concerned": False,
        "follow_up_needed": False,
        "follow_up_reason": "Hyran betalas.",
    }
