"""A colleague's tasks in many cases are given to somebody else: seen task by task first, then done case by case."""

from __future__ import annotations

import re
from typing import Any

import pytest

from processes.actions.tasks import claim_task
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Site
from tests.app.test_interventions import said

WHY = "Siv är borta till på måndag."
PAGE = "/arbetsledning/omfordela"


@pytest.fixture
def cases(site: Site) -> list[int]:
    """Two cases in which Siv has a task."""
    found = [site.register(), site.register(address="Provgatan 2")]
    for case_id in found:
        with site.runtime.transaction() as work:
            siv = get_caseworker_named(work.session, "siv")
            claim_task(work, task_id=site.task(case_id, "ta_stallning"), caseworker=siv)
    return found


def filled(site: Site, cases: list[int], to: str) -> dict[str, Any]:
    values = [f"{case_id}:{site.task(case_id, 'ta_stallning')}" for case_id in cases]
    return {"fran": site.people()["Siv Samuelsson"], "val": values, "till": site.people()[to], "varfor": WHY}


def confirmed(page: str) -> dict[str, str]:
    tokens = re.findall(r'name="(token-[0-9]+)" value="([0-9a-f]{64})"', page)
    return {"bekraftat": "1", **dict(tokens)}


def holders(site: Site, cases: list[int]) -> list[int | None]:
    return [site.kept(site.task(case_id, "ta_stallning")).claimed_by_id for case_id in cases]


def test_many_tasks_of_a_colleague_change_hands_once_it_is_confirmed(site: Site, cases: list[int]) -> None:
    maria = site.browser("maria")
    siv, head = site.people()["Siv Samuelsson"], site.people()["Maria Ek"]
    assert maria.page(f"{PAGE}?fran={siv}").count('type="checkbox"') == 2
    form = filled(site, cases, "Maria Ek")
    look = maria.post(PAGE, **form)
    assert said(look).count("Byter handläggare") == 2
    assert holders(site, cases) == [siv, siv]
    done = maria.post(PAGE, **form, **confirmed(look.text))
    assert said(done).count("Gjort") == 2
    assert holders(site, cases) == [head, head]
    assert said(maria.get(f"/arenden/{cases[1]}")).count(WHY) == 1


def test_each_task_says_what_became_of_it_and_one_that_moved_is_left_alone(
    site: Site, cases: list[int]
) -> None:
    maria = site.browser("maria")
    form = filled(site, cases, "Maria Ek")
    look = maria.post(PAGE, **form)
    maria.post(f"/uppgifter/{site.task(cases[0], 'ta_stallning')}/fordela", to=site.people()["Maria Ek"])
    done = maria.post(PAGE, **form, **confirmed(look.text))
    assert said(done).count("Gjort") == 1
    assert "Ärendet har ändrats sedan förhandsvisningen" in said(done)
    other = maria.post(PAGE, **filled(site, cases, "Anna Lindqvist"))
    assert said(other).count("arbetar inte i Samordningsfunktionen") == 2
    assert "Bekräfta och gör det" not in said(other)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"val": []}, "Välj en eller flera uppgifter."),
        ({"varfor": ""}, "Skriv varför"),
        ({"till": ""}, "Välj vem"),
    ],
)
def test_what_is_missing_is_told(site: Site, cases: list[int], wrong: dict[str, Any], told: str) -> None:
    answer = site.browser("maria").post(PAGE, **filled(site, cases, "Maria Ek") | wrong)
    assert answer.status_code == 400
    assert told in said(answer)


def test_what_is_of_no_case_of_the_asker_changes_nothing(site: Site, cases: list[int]) -> None:
    maria = site.browser("maria")
    for odd in (f"{cases[0]}:987654", "987654:1"):
        form = filled(site, cases, "Maria Ek") | {"val": odd}
        assert "Byter handläggare" not in said(maria.post(PAGE, **form))
