"""Children of whom only Kronofogden knows are on every page of the case, until they are entered or ruled out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from processes.clock import ManualClock
from processes.runtime import Runtime
from tests.app.conftest import Site, _settings

pytestmark = pytest.mark.requirement("R-030")

EVICTION = {
    "received_at": "2026-03-02 08:30",
    "channel": "sdk",
    "kfm_case_number": "T-32",
    "eviction_at": "2026-03-16 09:00",
    "children_known_to_kfm": "true",
    "address": "Övningsgatan 32",
    "apartment": "1102",
    "contract_kind": "first_hand",
    "persons-0-name": "F-32 Påhittad",
    "persons-0-role": "contract_holder",
    "persons-0-protection": "none",
    "persons-0-is_defendant": "true",
}
WARNED = "Barn enligt Kronofogden, ej registrerade"


@pytest.fixture
def site(sqlite_city: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Site]:
    """The pages with the real diagrams."""
    file = tmp_path / "children.db"
    shutil.copyfile(sqlite_city, file)
    runtime = Runtime.open(_settings(file), clock=clock)
    yield Site(create_app(runtime), runtime, clock)
    runtime.close()


def registered(site: Site) -> str:
    people = site.people()
    chosen = {"caseworker": str(people["Anna Lindqvist"]), "substitute": str(people["Bosse Grahn"])}
    answer = site.browser("siv").post("/underrattelser/ny/F", **EVICTION, **chosen)
    assert answer.headers["Location"] == "/arenden/1", answer.text
    return "/arenden/1"


def test_the_work_for_the_children_waits_before_anybody_has_named_one(site: Site) -> None:
    case = registered(site)
    anna = site.browser("anna")
    page = anna.page(case)
    assert WARNED in page
    assert "Samtala med föräldrarna" in page
    assert WARNED not in site.browser("siv").page("/inkorg")


def test_nobody_waits_to_hear_that_there_are_no_children_once_one_is_entered(site: Site) -> None:
    case, anna = registered(site), site.browser("anna")
    assert "Inga barn berörs" in anna.page(case)
    anna.post(f"{case}/handelser/barn.upptackt", name="Barn Påhittat", role="child", protection="none")
    assert "Inga barn berörs" not in anna.page(case)


def test_a_child_that_is_entered_answers_what_kronofogden_says(site: Site) -> None:
    case = registered(site)
    anna = site.browser("anna")
    anna.post(f"{case}/handelser/barn.upptackt", name="Barn Påhittat", role="child", protection="none")
    page = anna.page(case)
    assert WARNED not in page
    assert "Samtala med föräldrarna" in page


def test_what_is_found_out_is_said_before_the_work_ends(site: Site) -> None:
    case = registered(site)
    anna = site.browser("anna")
    refused = anna.post(f"{case}/handelser/barn.uteslutet", asked="kfm")
    assert refused.status_code == 400
    assert WARNED in anna.page(case)
    anna.post(
        f"{case}/handelser/barn.uteslutet", asked="kfm", found_out="Uppgiften gällde förra hyresgästen."
    )
    page = anna.page(case)
    assert WARNED not in page
    assert "Inga barn berörs" in page
