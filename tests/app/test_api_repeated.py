"""A system that sends its request again after a broken line gets its first answer, and nothing is done twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app import create_app
from processes.models import AnsweredRequest, Event, Notice
from tests.app.calling import System, connect, notice_body
from tests.app.conftest import Site
from tests.city import City

NAMED = {"Idempotency-Key": "2026-0001"}


@pytest.fixture
def both(city: City) -> Site:
    """The pages of a city, on each database."""
    return Site(create_app(city.runtime), city.runtime, city.clock)


def count(site: Site, model: type[Notice | Event | AnsweredRequest]) -> int:
    with site.runtime.reading() as work:
        return work.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_notice_that_is_sent_again_is_taken_in_once_and_answered_the_same(both: Site):
    landlord = connect(both, "landlord")
    first = landlord.post("/notices/A", notice_body(), headers=NAMED)
    again = landlord.post("/notices/A", notice_body(), headers=NAMED)
    assert (first.status_code, again.status_code, again.data) == (201, 201, first.data)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert count(both, Notice) == 1


def test_the_same_name_with_other_content_or_to_another_address_is_refused(both: Site):
    landlord = connect(both, "landlord")
    landlord.post("/notices/A", notice_body(), headers=NAMED)
    for path, body in (("/notices/A", {**notice_body(), "rooms": "2"}), ("/notices/D", notice_body())):
        refused = landlord.post(path, body, headers=NAMED)
        assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
        assert refused.json["type"].endswith("#problem-token-used-for-another")
    assert count(both, Notice) == 1


def test_what_was_refused_can_be_put_right_under_the_same_name(both: Site):
    landlord = connect(both, "landlord")
    wrong = {**notice_body(), "posted_on": "2026-12-24"}
    assert landlord.post("/notices/A", wrong, headers=NAMED).status_code == 422
    assert landlord.post("/notices/A", notice_body(), headers=NAMED).status_code == 201


@pytest.mark.parametrize("name", ["", " ", "å", "x" * 201], ids=["empty", "blank", "no ASCII", "long"])
def test_a_name_that_cannot_be_kept_is_refused(site: Site, name: str):
    headers = {"Idempotency-Key": name.encode().decode("latin-1")}
    refused = connect(site, "landlord").post("/notices/A", notice_body(), headers=headers)
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json["errors"]] == ["Idempotency-Key"]


def test_several_at_once_do_it_once(both: Site):
    landlord = connect(both, "landlord")
    statuses = at_once(
        [lambda: landlord.post("/notices/A", notice_body(), headers=NAMED).status_code for _ in range(4)]
    )
    assert 201 in statuses
    assert set(statuses) <= {201, 409}
    assert count(both, Notice) == 1
    assert landlord.post("/notices/A", notice_body(), headers=NAMED).status_code == 201
    assert count(both, Notice) == 1


def test_an_answer_is_given_again_only_to_the_key_that_got_it(both: Site):
    landlord, same_again = connect(both, "landlord"), connect(both, "landlord")
    landlord.post("/notices/A", notice_body(), headers=NAMED)
    assert (
        System(both, "kvb_00000000_x", 0).post("/notices/A", notice_body(), headers=NAMED).status_code == 401
    )
    answer = same_again.post("/notices/A", notice_body(), headers=NAMED)
    assert "Idempotent-Replayed" not in answer.headers


def test_two_who_claim_at_once_are_told_which_of_them_has_it(both: Site):
    connect(both, "landlord").post("/notices/A", notice_body())
    siv, maria = connect(both), connect(both, acts_as="maria")
    [task] = [one for one in siv.get("/tasks?list=unit").json["tasks"] if one["step"] == "ta_stallning"]
    path = f"/tasks/{task['id']}/claim"
    statuses = at_once([lambda: siv.post(path).status_code, lambda: maria.post(path).status_code])
    assert sorted(statuses) == [200, 409]


def test_what_is_kept_of_a_request_holds_nothing_of_a_household(both: Site):
    connect(both, "landlord").post("/notices/A", notice_body(), headers=NAMED)
    with both.runtime.reading() as work:
        [kept] = work.session.scalars(select(AnsweredRequest))
        assert "Påhittad" not in f"{kept.body}{kept.request_hash}"
        assert "Provgatan" not in f"{kept.body}{kept.request_hash}"


def at_once(calls: list[Callable[[], int]]) -> list[int]:
    """What each call is answered when all are made at the same moment."""
    begin = threading.Barrier(len(calls))
    statuses: list[int] = []

    def run(call: Callable[[], int]) -> None:
        begin.wait()
        statuses.append(call())

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
