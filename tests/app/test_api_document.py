"""The OpenAPI document and the addresses of the interface never say different things."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from werkzeug.exceptions import NotFound

from app.api.operations import ALL
from processes.rules.connections import SCOPES
from tests.app.conftest import Site


def document(site: Site) -> Any:
    """The document as anybody may read it."""
    answer = site.app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json


def test_every_address_is_in_the_document_and_nothing_else(site: Site):
    rules = [rule for rule in site.app.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    adapter = site.app.url_map.bind("localhost")
    written = set()
    for path, methods in document(site)["paths"].items():
        for method in methods:
            asked = path.replace("{task_id}", "1").replace("{case_id}", "1").replace("{reference}", "X")
            written.add((adapter.match(asked, method=method.upper())[0], path, method.upper()))
    assert {endpoint for endpoint, _, _ in written} == {rule.endpoint for rule in rules}
    alternatives = sum(len(operation.each.titles) if operation.each else 1 for operation in ALL)
    assert len(written) == alternatives
    for word in ("K", "kfm.verkstalld"):
        with pytest.raises(NotFound):
            adapter.match(f"/api/v1/intake/{word}", method="POST")


def test_the_document_is_openapi_3_1_and_every_schema_in_it_is_one(site: Site):
    written = document(site)
    assert written["openapi"] == "3.1.0"
    for schema in written["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for methods in written["paths"].values():
        for operation in methods.values():
            for body in operation.get("requestBody", {}).get("content", {}).values():
                Draft202012Validator.check_schema(body["schema"])


def test_every_operation_has_its_own_name_and_a_scope_that_exists(site: Site):
    names = [one["operationId"] for methods in document(site)["paths"].values() for one in methods.values()]
    assert len(set(names)) == len(names)
    assert {operation.scope for operation in ALL} == set(SCOPES)


def test_a_landlord_is_asked_nothing_that_is_not_a_landlords_to_say(site: Site):
    schema = document(site)["paths"]["/api/v1/notices/A"]["post"]["requestBody"]["content"][
        "application/json"
    ]["schema"]
    never = {
        "informant",
        "channel",
        "received_at",
        "landlord_name",
        "case_choice",
        "case_number",
        "duplicate_of",
    }
    assert not never & schema["properties"].keys()
    assert "protection" not in schema["properties"]["persons"]["items"]["properties"]


def test_the_page_about_the_interface_names_every_operation(site: Site):
    page = site.visitor().page("/api/v1/")
    for path in document(site)["paths"]:
        assert path in page
