"""The demo's households: fictional people at every stage, from a letter of this morning to a case that is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from processes.actions.demo_scene import Scene, household, taken_in

MAN = ("contract_holder",)
FAMILY = ("contract_holder", "co_tenant", "child")


def left_lying(scene: Scene) -> None:
    """A letter about unpaid rent that nobody has taken a stance on for days."""
    scene.at(5, "09:10")
    scene.notice("siv", **_arrears(scene, "Provgatan 1", "1101", "9450.00"), persons=household("F-01", *MAN))


def family_of_yesterday(scene: Scene) -> None:
    """A family's arrears, taken by the coordinator and due today."""
    scene.at(1, "13:20")
    scene.notice(
        "siv", **_arrears(scene, "Exempelvägen 7", "1203", "18200.00"), persons=household("F-02", *FAMILY)
    )
    scene.claim("siv", "ta_stallning")


def disturbance(scene: Scene) -> None:
    """Noise, told by the disturbance patrol this morning."""
    scene.at(0, "08:40", if_later=timedelta(hours=3))
    scene.notice(
        "siv",
        **_home("Provgatan 12", "1002", "email"),
        kind="B",
        informant="disturbance_patrol",
        landlord_name="Exempelbo AB",
        disturbance_kinds=["noise"],
        disturbance_text="Påhittad störning: hög musik tre nätter i rad.",
        persons=household("F-03", *MAN),
    )


def eviction_of_today(scene: Scene) -> None:
    """Kronofogden's notice of an eviction of a family, to be confirmed today."""
    scene.ago(35)
    scene.notice(
        "siv", **_eviction(scene, "Påhittsplan 4", "1402", "T-04", 6), persons=_sued("F-04", *FAMILY)
    )


def work_left_undone(scene: Scene) -> None:
    """Chapter 6 began ten days ago and all is late; an unannounced visit is asked for too early (a closed gate)."""
    scene.at(11, "10:00")
    scene.notice("siv", **_arrears(scene, "Testgränd 3", "1301", "11780.00"), persons=household("F-06", *MAN))
    _take_on(scene, 10)
    scene.claim("bosse", "kontakta_hyresvard")
    scene.at(2, "13:00")
    scene.record("anna", "hembesok.begart", reason="Ingen har svarat i telefon.")


def help_on_its_way(scene: Scene) -> None:
    """Reached and wants help; assistance is applied for and a visit booked, the landlord is still to be asked."""
    scene.at(9, "09:15")
    scene.notice("siv", **_arrears(scene, "Provgatan 21", "1204", "9450.00"), persons=household("F-07", *MAN))
    _take_on(scene, 9)
    tenant = scene.resident("F-07 Påhittad")
    scene.at(8, "13:20")
    scene.complete("anna", "ta_emot_arende", **taken_in(scene))
    scene.at(7, "10:40")
    scene.complete("anna", "kontakta_hyresgast", **_wants_help(scene, tenant))
    scene.complete(
        "anna",
        "ta_stallning_till_utredning",
        adult_stance="wants",
        may_lead_to_measure=False,
        decision="open",
        decision_motive="Vill ha hjälp att behålla bostaden.",
        guided_to=["economic"],
        child_concerned=False,
    )
    scene.at(6, "09:00")
    scene.record("eva", "bistand.ansokt", person=tenant, kinds=["rent_debt"], received_at=scene.clock(-15))
    scene.claim("eva", "prova_ekonomiskt_bistand")
    scene.at(1, "15:00")
    scene.record("anna", "besok.bokat", kind="home_visit", booked_for=scene.working_morning(2))


def eviction_near(scene: Scene) -> None:
    """A confirmed eviction in a few days; the presence is to be planned and a child prepared."""
    scene.at(5, "09:30")
    scene.notice(
        "siv", **_eviction(scene, "Exempelvägen 9", "1102", "T-08", 3), persons=_sued("F-08", *FAMILY)
    )
    scene.at(5, "10:05")
    scene.complete(
        "anna",
        "bekrafta_till_kronofogden",
        sent_at=scene.clock(),
        channel="secure_message",
        caseworker=scene.staff("anna"),
        caseworker_phone="031-000 00 00",
        content_checked=True,
        copy_handling="one_each",
    )
    scene.at(4, "14:00")
    scene.claim("anna", "planera_narvaro")


def neighbour_rang(scene: Scene) -> None:
    """A relative's worry: the landlord may not be asked, since the landlord has told nothing (a closed gate)."""
    scene.at(6, "11:00")
    scene.notice(
        "siv",
        **_home("Testgränd 8", "0901", "phone"),
        kind="E",
        informant="relative",
        landlord_name="Fiktiva Hus AB",
        persons=household("F-09", *MAN),
    )
    scene.at(5, "09:00")
    _stance(scene, grounds=["arrears"], informant="relative", caseworker="bosse", substitute="anna")


def concern_for_a_child(scene: Scene) -> None:
    """The landlord has reported a child; whether it needs protection is assessed the same day."""
    scene.at(4, "10:00")
    scene.notice(
        "siv", **_arrears(scene, "Provgatan 30", "1502", "22400.00"), persons=household("F-10", *FAMILY)
    )
    _take_on(scene, 3)
    scene.ago(90)
    scene.record(
        "karim",
        "orosanmalan.inkom",
        source="landlord",
        received_at=scene.clock(-30),
        children=[scene.resident("F-10c Påhittad")],
        summary="Påhittad oro: barnet har setts ensamt på kvällarna.",
        mandated=False,
    )


def resting(scene: Scene) -> None:
    """The tenant has asked to be rung next week; the task rests until then."""
    scene.at(3, "09:40")
    scene.notice(
        "siv", **_arrears(scene, "Exempelvägen 2", "1001", "7300.00"), persons=household("F-11", *MAN)
    )
    _take_on(scene, 2)
    scene.rest("anna", "kontakta_hyresgast", 6, "Hyresgästen är bortrest och vill bli uppringd därefter.")


def other_district(scene: Scene) -> None:
    """A case of another administration, which nobody but its own staff sees."""
    scene.at(4, "08:50")
    scene.notice(
        "disa", **_arrears(scene, "Provgatan 44", "1104", "8100.00"), persons=household("F-12", *MAN)
    )


def only_advice(scene: Scene) -> None:
    """Somebody asked how a termination works; answered and closed."""
    scene.at(8, "14:10")
    scene.notice(
        "siv",
        kind="J",
        channel="phone",
        informant="relative",
        address="Uppges inte",
        contract_kind="unknown",
    )
    scene.complete(
        "siv",
        "ta_stallning",
        grounds=["other"],
        informant="relative",
        may_lead_to_measure=False,
        stance="advice_only",
        stance_motive="Allmän fråga om hur en uppsägning går till.",
    )


STORIES: tuple[Callable[[Scene], None], ...] = (
    work_left_undone,
    help_on_its_way,
    only_advice,
    neighbour_rang,
    left_lying,
    eviction_near,
    concern_for_a_child,
    other_district,
    resting,
    family_of_yesterday,
    disturbance,
    eviction_of_today,
)
"""Each household's story, in the order in which they came to us."""


def _home(address: str, apartment: str, channel: str = "registered_post") -> dict[str, Any]:
    return {
        "channel": channel,
        "address": address,
        "apartment": apartment,
        "contract_kind": "first_hand",
    }


def _arrears(scene: Scene, address: str, apartment: str, amount: str) -> dict[str, Any]:
    posted = scene.day(-1)
    said = {"kind": "A", "informant": "landlord", "landlord_name": "Exempelbo AB", "amount_due": amount}
    said |= {"landlord_kind": "private", "district": "Backa"}
    letter = {"posted_on": posted, "posted_registered": True, "notice_dated_on": posted}
    return _home(address, apartment) | said | letter


def _eviction(scene: Scene, address: str, apartment: str, number: str, days: int) -> dict[str, Any]:
    """Kronofogden comes so many days after now."""
    return _home(address, apartment, "post") | {
        "kind": "F",
        "informant": "kfm",
        "kfm_case_number": number,
        "eviction_at": scene.working_morning(days),
        "caseworker": scene.staff("anna"),
        "substitute": scene.staff("siv"),
    }


def _sued(mark: str, *roles: str) -> list[dict[str, Any]]:
    """A household whose first member the eviction concerns."""
    first, *others = household(mark, *roles)
    return [{**first, "is_defendant": True}, *map(dict, others)]


def _take_on(scene: Scene, days_ago: int) -> None:
    scene.at(days_ago, "15:30")
    _stance(scene, grounds=["arrears"], informant="landlord", caseworker="anna", substitute="bosse")


def _stance(scene: Scene, *, caseworker: str, substitute: str, **said: Any) -> None:
    scene.complete(
        "siv",
        "ta_stallning",
        **said,
        may_lead_to_measure=False,
        stance="handle",
        caseworker=scene.staff(caseworker),
        substitute=scene.staff(substitute),
    )


def _wants_help(scene: Scene, tenant: int) -> dict[str, Any]:
    consent = {
        "giver": tenant,
        "recipient": "landlord",
        "recipient_name": "Exempelbo AB",
        "purposes": ["negotiate_stay", "inform_of_measures"],
        "scopes": ["payment"],
        "direction": "both",
        "form": "oral",
        "given_at": scene.clock(-15),
        "informed_voluntary": True,
        "informed_how_to_revoke": True,
    }
    return {
        "attempts": [{"person": tenant, "channel": "phone", "outcome": "reached", "at": scene.clock(-20)}],
        "contact_result": "reached",
        "person": tenant,
        "adult_stance": "wants",
        "information_given": ["economic_assistance", "budget_advice", "recovery_period"],
        "may_lead_to_measure": False,
        "consents": [consent],
        "children_asked": "yes",
        "applies_for_assistance": False,
    }
