"""The same request twice is carried out once, whatever happens between, and whoever asks at the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from processes.actions.answered_requests import (
    KEPT_FOR,
    UNDER_WAY_FOR,
    answer_request,
    begin_request,
    forget_request,
)
from processes.actions.api_keys import create_key
from processes.clock import swedish_day
from processes.errors import CaseChangedMeanwhile, RequestUnderWay, TokenUsedForAnother
from processes.models import AnsweredRequest, ApiKey
from tests.actions.test_races import at_once
from tests.city import City


@pytest.fixture
def key_id(city: City) -> int:
    with city.runtime.transaction() as work:
        key, _ = create_key(
            work,
            name="Provsystemet",
            kind="kfm",
            administration="hisingen",
            scopes={"notices:write"},
            expires_on=swedish_day(work.now) + timedelta(days=30),
        )
        return key.id


A_TOKEN = "a"


def begin(city: City, key_id: int, token: str = A_TOKEN, request_hash: str = "x") -> AnsweredRequest:
    with city.runtime.transaction() as work:
        return begin_request(
            work, key=work.session.get_one(ApiKey, key_id), token=token, request_hash=request_hash
        )


def answer(city: City, begun: AnsweredRequest, body: str = "{}") -> None:
    with city.runtime.transaction() as work:
        answer_request(work, begun=begun, status=201, body=body)


def count(city: City) -> int:
    with city.runtime.reading() as work:
        return work.session.scalar(select(func.count()).select_from(AnsweredRequest)) or 0


def test_a_request_that_was_answered_gets_its_answer_again(city: City, key_id: int):
    answer(city, begin(city, key_id), '{"a": "å"}')
    again = begin(city, key_id)
    assert (again.status, again.body) == (201, '{"a": "å"}')
    assert count(city) == 1


def test_another_request_under_the_same_name_is_refused_even_while_the_first_goes_on(city: City, key_id: int):
    begun = begin(city, key_id)
    for _ in range(2):
        with pytest.raises(TokenUsedForAnother):
            begin(city, key_id, request_hash="y")
        if begun.status is None:
            answer(city, begun)


def test_a_request_that_is_under_way_is_not_begun_again(city: City, key_id: int):
    begin(city, key_id)
    with pytest.raises(RequestUnderWay):
        begin(city, key_id)


def test_of_several_at_once_one_begins(city: City, key_id: int):
    ends = at_once(*[lambda: begin(city, key_id)] * 4)
    assert ends == ["RequestUnderWay"] * 3 + ["done"]


def test_a_request_that_was_refused_may_come_again_with_other_content(city: City, key_id: int):
    begun = begin(city, key_id)
    with city.runtime.transaction() as work:
        forget_request(work, begun=begun)
    assert begin(city, key_id, request_hash="y").status is None


def test_a_request_whose_answer_is_kept_is_not_forgotten(city: City, key_id: int):
    begun = begin(city, key_id)
    answer(city, begun)
    with city.runtime.transaction() as work:
        forget_request(work, begun=begun)
    assert begin(city, key_id).status == 201


def test_what_was_stopped_in_the_middle_is_taken_over_and_cannot_come_back(city: City, key_id: int):
    stopped = begin(city, key_id)
    city.clock.advance(UNDER_WAY_FOR)
    taken_over = begin(city, key_id)
    assert taken_over.attempt != stopped.attempt
    with pytest.raises(CaseChangedMeanwhile):
        answer(city, stopped)
    with city.runtime.transaction() as work:
        forget_request(work, begun=stopped)
    answer(city, taken_over)
    assert begin(city, key_id).status == 201


def test_an_answer_is_kept_for_two_days_and_then_removed(city: City, key_id: int):
    answer(city, begin(city, key_id))
    city.clock.advance(KEPT_FOR - timedelta(seconds=1))
    assert begin(city, key_id).status == 201
    city.clock.advance(timedelta(seconds=1))
    begin(city, key_id, token="b")
    with city.runtime.reading() as work:
        assert work.session.scalars(select(AnsweredRequest.token)).all() == ["b"]


def test_two_systems_may_use_the_same_name(city: City, key_id: int):
    with city.runtime.transaction() as work:
        other, _ = create_key(
            work,
            name="Ett annat system",
            kind="kfm",
            administration="hisingen",
            scopes={"notices:write"},
            expires_on=swedish_day(work.now),
        )
    begin(city, key_id)
    assert begin(city, other.id, request_hash="y").status is None
