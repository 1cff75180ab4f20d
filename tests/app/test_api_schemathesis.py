"""Made-up requests, right and wrong, to every operation: none crashes it, and every answer is as the document says."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from processes.rules.connections import SYSTEM_KINDS
from tests.app.calling import connect, notice_body
from tests.app.conftest import Site

BEYOND_A_SCHEMA: list[Any] = [positive_data_acceptance]
"""A form refuses more than its schema can say: a number whose check digit is wrong, a day that lies ahead."""
IN_EVERY_WAY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def call_everything(site: Site, *, case_id: int, task_id: int, requests: int) -> dict[str, set[int]]:
    """Let Schemathesis call every operation so many times in each way, and judge the answers.

    Answers which statuses each operation gave.
    """
    as_often = settings(IN_EVERY_WAY, max_examples=requests)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site.app)
    keys = {kind: connect(site, kind, acts_as="maria").secret for kind in SYSTEM_KINDS}
    statuses: dict[str, set[int]] = {}
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        statuses[operation.label] = set()
        key = {"Authorization": f"Bearer {keys[_whose(operation.path)]}"}
        right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

        def judge(case: Case[Any], label: str = operation.label, key: dict[str, str] = key) -> None:
            answer = case.call(headers=key)
            statuses[label].add(answer.status_code)
            case.validate_response(answer, excluded_checks=BEYOND_A_SCHEMA, headers=key)

        @as_often
        @given(case=right)
        def call_rightly(case: Case[Any]) -> None:
            case.path_parameters.update(_real(case.path_parameters, case_id, task_id))
            judge(case)

        @as_often
        @given(case=wrong)
        def call_wrongly(case: Case[Any]) -> None:
            judge(case)

        call_rightly()
        call_wrongly()
    return statuses


def _whose(path: str) -> str:
    """The kind of system that the operation is for."""
    if "/notices/" in path:
        return next(kind.name for kind in SYSTEM_KINDS.values() if path[-1] in kind.notices)
    return "landlord" if "/receipts" in path else "internal"


def _real(named: dict[str, Any], case_id: int, task_id: int) -> dict[str, int]:
    return {name: number for name, number in (("case_id", case_id), ("task_id", task_id)) if name in named}


def furnished(site: Site) -> tuple[int, int]:
    """A case with something in it, and one of its tasks."""
    case_id = site.register()
    task_id = site.task(case_id, "ta_stallning")
    connect(site, "landlord").post("/notices/A", notice_body())
    connect(site).post(f"/cases/{case_id}/events/anteckning", {"text": "En påhittad anteckning."})
    return case_id, task_id


@pytest.mark.parametrize(("on", "requests"), [("site", 3), ("postgres_site", 1)])
def test_no_request_crashes_an_operation_and_every_answer_is_as_promised(
    request: pytest.FixtureRequest, on: str, requests: int
) -> None:
    site: Site = request.getfixturevalue(on)
    case_id, task_id = furnished(site)
    statuses = call_everything(site, case_id=case_id, task_id=task_id, requests=requests)
    operations = {label for label, given_statuses in statuses.items() if given_statuses & {200, 201}}
    assert len(statuses) > 60
    assert len(operations) > 20, "too few of the made-up requests were right, so that little was tried"
