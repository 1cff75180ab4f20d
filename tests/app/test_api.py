"""What another system meets at /api/v1: who is let in to what, what it learns, and what it is told when it errs."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import create_app
from app.api.bodies import LARGEST_BODY
from app.api.operations import ALL
from app.audit_labels import AUDIT_LABELS
from processes.actions.api_keys import approve_key, end_key
from processes.actions.people import deactivate_caseworker
from processes.errors import KeyNotFound
from processes.models import ApiKey, Case, Notice, Notification, Person, ReadEntry, Task
from processes.queries.people import get_caseworker_named
from processes.rules.connections import SCOPES, SYSTEM_KINDS
from processes.runtime import Runtime
from tests.app.calling import System, connect, notice_body
from tests.app.conftest import Site, _settings

PROBLEM = "application/problem+json"


def rows(site: Site, model: Any) -> list[Any]:
    with site.runtime.reading() as work:
        found = list(work.session.scalars(select(model).order_by(model.id)))
        work.session.expunge_all()
        return found


def must_be_problem(answer: TestResponse, status: int) -> Any:
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM), answer.text
    told: Any = answer.json
    assert told["status"] == status
    assert told["title"]
    return told


# Who is let in


@pytest.mark.parametrize("operation", ALL, ids=lambda one: one.name)
def test_without_a_key_nothing_is_answered(site: Site, operation):
    path = operation.path.replace("{kind}", "A").replace("{name}", "anteckning")
    path = path.replace("{task_id}", "1").replace("{case_id}", "1").replace("{reference}", "X")
    answer = site.app.test_client().open(f"/api/v1{path}", method=operation.method, json={})
    must_be_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "secret",
    ["", "x", "kvb_00000000_x", "Ö", "kvb_" + "0" * 500],
    ids=["none", "short", "made up", "odd", "long"],
)
def test_a_key_that_does_not_exist_opens_nothing(site: Site, secret: str):
    must_be_problem(System(site, secret, 0).get("/tasks"), 401)


def test_the_beginning_of_a_key_is_not_the_key(site: Site):
    system = connect(site)
    must_be_problem(System(site, system.secret[:-1] + "!", 0).get("/tasks"), 401)
    must_be_problem(System(site, system.secret[:12], 0).get("/tasks"), 401)


def test_a_key_ends_with_its_last_day_and_not_before(site: Site):
    system = connect(site, days=1)
    site.clock.advance(timedelta(days=1))
    assert system.get("/tasks").status_code == 200
    site.clock.advance(timedelta(days=1))
    must_be_problem(system.get("/tasks"), 401)


def test_a_revoked_key_opens_nothing_at_once(site: Site):
    system = connect(site)
    with site.runtime.transaction() as work:
        end_key(work, key=work.session.get_one(ApiKey, system.key_id))
    must_be_problem(system.get("/tasks"), 401)


def test_a_key_in_the_name_of_somebody_who_has_left_opens_nothing(site: Site):
    system = connect(site, acts_as="bosse")
    with site.runtime.transaction() as work:
        deactivate_caseworker(work, caseworker=get_caseworker_named(work.session, "bosse"))
    must_be_problem(system.get("/tasks"), 401)


def test_a_key_in_a_persons_name_opens_nothing_until_the_person_agrees(site: Site):
    system = connect(site, is_approved=False)
    must_be_problem(system.get("/tasks"), 401)
    with pytest.raises(KeyNotFound), site.runtime.transaction() as work:
        approve_key(work, key_id=system.key_id, caseworker=get_caseworker_named(work.session, "maria"))
    with site.runtime.transaction() as work:
        approve_key(work, key_id=system.key_id, caseworker=get_caseworker_named(work.session, "siv"))
    assert system.get("/tasks").status_code == 200


def test_nobody_who_is_signed_in_gets_in_with_the_cookie(site: Site):
    siv = site.browser("siv")
    must_be_problem(siv.client.get("/api/v1/tasks"), 401)
    must_be_problem(siv.client.post("/api/v1/tasks/1/claim"), 401)


def test_no_page_opens_with_a_key(site: Site):
    system = connect(site)
    page = site.app.test_client().get("/inkorg", headers={"Authorization": f"Bearer {system.secret}"})
    assert page.status_code == 302
    assert page.headers["Location"].startswith("/logga-in")


def test_no_answer_to_a_system_sets_a_cookie(site: Site):
    system = connect(site)
    for answer in (system.get("/tasks"), system.get("/nothing"), system.post("/tasks/1/claim")):
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("scope", sorted(SCOPES))
def test_a_key_is_good_for_its_own_scope_only(site: Site, scope: str):
    site.register()
    system = connect(site, scopes={scope}, acts_as="maria")
    for operation in ALL:
        path = operation.path.replace("{kind}", "A").replace("{name}", "anteckning")
        path = path.replace("{task_id}", "1").replace("{case_id}", "1").replace("{reference}", "X")
        answer = (system.post if operation.is_write else system.get)(
            path, **({"body": {}} if operation.is_write else {})
        )
        lacks = answer.status_code == 403 and answer.json["type"].endswith("scope-missing")
        assert lacks is (operation.scope != scope), operation.name


@pytest.mark.parametrize("kind", sorted(SYSTEM_KINDS.keys() - {"internal"}))
def test_a_system_from_outside_reads_nothing_and_does_nothing_whatever_its_key_says(site: Site, kind: str):
    case_id = site.register()
    system = connect(site, kind)
    with site.runtime.transaction() as work:  # as if somebody had tampered with the table
        work.session.get_one(ApiKey, system.key_id).scopes = sorted(SCOPES)
    for operation in ALL:
        if operation.area == "notices" or operation.name == "list_tasks":
            continue
        path = operation.path.replace("{kind}", "A").replace("{name}", "anteckning")
        path = path.replace("{task_id}", "1").replace("{case_id}", str(case_id))
        body: dict[str, Any] = {"text": "Hej"} if operation.name == "record_event" else {"answers": {}}
        if operation.name == "register_notice":
            body = {
                **notice_body(),
                "received_at": "2026-03-02T08:30",
                "channel": "post",
                "informant": "landlord",
            }
        answer = system.post(path, body) if operation.is_write else system.get(path)
        must_be_problem(answer, 403)
    assert system.get("/tasks?list=all").json["tasks"] == []


# What a system from outside learns


def test_a_landlord_is_told_the_same_whether_or_not_there_is_a_case(site: Site):
    landlord = connect(site, "landlord")
    fresh = landlord.post("/notices/A", notice_body())
    again = landlord.post("/notices/A", notice_body())
    site.register(address="Provgatan 2")
    known = landlord.post("/notices/A", {**notice_body(), "address": "Provgatan 2"})
    for answer in (fresh, again, known):
        assert answer.status_code == 201
        assert set(answer.json) == {"reference", "received_at", "status"}
        assert answer.json["status"] == "received"
        assert len(answer.data) == len(fresh.data)
    assert len({answer.json["reference"] for answer in (fresh, again, known)}) == 3
    listed = landlord.get("/receipts").json["receipts"]
    assert [one["reference"] for one in listed] == [one.json["reference"] for one in (known, again, fresh)]
    assert all(set(one) == {"reference", "received_at", "status"} for one in listed)


def test_another_system_finds_no_receipt_that_is_not_its_own(site: Site):
    reference = connect(site, "landlord").post("/notices/A", notice_body()).json["reference"]
    same = connect(site, "landlord")
    other = connect(site, "landlord", name="Ett annat system")
    assert same.get(f"/receipts/{reference}").json["reference"] == reference
    must_be_problem(other.get(f"/receipts/{reference}"), 404)
    assert other.get("/receipts").json == {"receipts": [], "next_after": None}


def test_receipts_come_a_page_at_a_time(site: Site):
    landlord = connect(site, "landlord")
    references = [
        landlord.post("/notices/A", {**notice_body(), "apartment": str(n)}).json["reference"]
        for n in range(5)
    ]
    seen: list[str] = []
    after = ""
    while True:
        page = landlord.get(f"/receipts?limit=2{after}").json
        seen += [one["reference"] for one in page["receipts"]]
        if page["next_after"] is None:
            break
        after = f"&after={page['next_after']}"
    assert seen == references[::-1]


def test_what_a_landlord_hands_in_begins_a_case_with_a_task_for_a_person(site: Site):
    connect(site, "landlord").post("/notices/A", notice_body())
    [case], [notice] = rows(site, Case), rows(site, Notice)
    [task] = [one for one in rows(site, Task) if one.unit == "samordning"]
    assert (notice.informant, notice.channel, notice.received_at) == (
        "landlord",
        "e_service",
        site.clock.now(),
    )
    assert (task.step, task.status, task.case_id, task.claimed_by_id) == (
        "ta_stallning",
        "open",
        case.id,
        None,
    )
    with site.runtime.reading() as work:
        landlord = work.session.get_one(Case, case.id).dwelling.landlord
        assert landlord is not None
        assert landlord.name == "Exempelbo AB"


def test_the_same_household_stays_in_its_case_and_the_same_words_count_once(site: Site):
    case_id = site.register()
    landlord = connect(site, "landlord")
    landlord.post("/notices/B", {**(home := home_of(notice_body())), "disturbance_text": "Påhittat ljud."})
    landlord.post("/notices/B", {**home, "disturbance_text": "Påhittat ljud."})
    site.clock.advance(timedelta(hours=1))
    landlord.post("/notices/B", {**home, "disturbance_text": "Ännu ett påhittat ljud."})
    notices = rows(site, Notice)
    assert {notice.case_id for notice in notices} == {case_id}
    assert [notice.duplicate_of_id for notice in notices] == [None, None, notices[1].id, None]
    assert len(rows(site, Person)) == 1


def test_another_household_in_the_same_home_gets_its_own_case_and_somebody_looks(site: Site):
    case_id = site.register()
    body = {**notice_body(), "persons": [{"name": "F-09 Påhittad", "role": "contract_holder"}]}
    connect(site, "landlord").post("/notices/A", body)
    old, new = rows(site, Case)
    [told] = [one for one in rows(site, Notification) if one.case_id == new.id]
    assert (old.id, told.unit) == (case_id, "samordning")
    assert old.number in told.text


def test_kronofogdens_messages_follow_their_number(site: Site):
    kfm = connect(site, "kfm")
    body = {**home_of(notice_body()), "kfm_case_number": "T-05", "eviction_at": "2026-03-12T10:00"}
    assert kfm.post("/notices/F", {**body, "received_at": "2026-03-02T08:45"}).status_code == 201
    moved = {**body, "eviction_at": "2026-03-19T10:00", "address": "Provg. 1", "persons": []}
    assert kfm.post("/notices/G", moved).status_code == 201
    first, second = rows(site, Notice)
    assert first.case_id == second.case_id
    assert (first.informant, first.channel) == ("kfm", "sdk")
    assert first.received_at.isoformat() == "2026-03-02T07:45:00+00:00"


def home_of(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("address", "apartment", "contract_kind", "persons")}


@pytest.mark.parametrize(("kind", "letter"), [("landlord", "F"), ("kfm", "A"), ("disturbance_patrol", "A")])
def test_a_system_hands_in_only_its_own_kinds_of_notice(site: Site, kind: str, letter: str):
    body = notice_body() if letter == "A" else {**home_of(notice_body()), "eviction_at": "2026-03-12T10:00"}
    must_be_problem(connect(site, kind).post(f"/notices/{letter}", body), 403)
    assert rows(site, Notice) == []


@pytest.mark.parametrize("name", ["informant", "received_at", "landlord_name", "case_number", "kind", "note"])
def test_a_landlord_cannot_say_what_is_ours_to_say(site: Site, name: str):
    told = must_be_problem(connect(site, "landlord").post("/notices/A", {**notice_body(), name: "x"}), 422)
    assert [one["field"] for one in told["errors"]] == [name]


def test_a_landlord_cannot_say_that_somebody_is_not_protected(site: Site):
    body = notice_body()
    body["persons"][0]["protection"] = "none"
    told = must_be_problem(connect(site, "landlord").post("/notices/A", body), 422)
    assert [one["field"] for one in told["errors"]] == ["persons-0-protection"]


# Working in a person's name


def test_a_task_is_listed_read_claimed_released_and_completed(site: Site):
    site.register()
    siv = connect(site)
    [listed] = siv.get("/tasks?list=unit").json["tasks"]
    path = f"/tasks/{listed['id']}"
    read = siv.get(path).json
    assert read["form"]["required"]
    assert read["answers"] is None
    assert siv.post(f"{path}/claim").json["claimed_by"] == "Siv Samuelsson"
    assert siv.get("/tasks").json["tasks"][0]["id"] == listed["id"]
    assert siv.post(f"{path}/release").json["claimed_by"] is None
    siv.post(f"{path}/claim")
    told = must_be_problem(siv.post(f"{path}/complete", {"answers": {}}), 422)
    assert told["errors"]
    answers = {"stance": "handle", "decided_on": "2026-03-02"}
    done = siv.post(f"{path}/complete", {"answers": answers})
    assert (done.status_code, done.json["status"]) == (200, "completed")
    assert siv.get(path).json["answers"] == answers
    must_be_problem(siv.post(f"{path}/complete", {"answers": answers}), 409)


def test_a_person_is_asked_what_a_system_from_outside_is_not(site: Site):
    site.register()
    siv = connect(site)
    body = {**notice_body(), "received_at": "2026-03-02T08:45", "channel": "phone", "informant": "landlord"}
    told = must_be_problem(siv.post("/intake/A", body), 422)
    assert [one["field"] for one in told["errors"]] == ["case_choice"]
    made = siv.post("/intake/A", {**body, "case_choice": "new"})
    assert (made.status_code, made.json["case_number"]) == (201, "KVB 2026-000002")


def test_a_task_that_a_colleague_has_taken_is_a_conflict_that_says_who(site: Site):
    site.register()
    connect(site).post("/tasks/1/claim")
    told = must_be_problem(connect(site, acts_as="maria").post("/tasks/1/claim"), 409)
    assert told["type"].endswith("#problem-task-already-claimed")
    assert "Siv Samuelsson" in told["detail"]


def test_an_event_is_recorded_and_stands_among_the_cases_events(site: Site):
    case_id = site.register()
    siv = connect(site)
    recorded = siv.post(f"/cases/{case_id}/events/anteckning", {"text": "Påhittad."})
    assert recorded.status_code == 201
    events = siv.get(f"/cases/{case_id}/events").json["events"]
    assert events[-1]["id"] == recorded.json["id"]
    assert (events[-1]["recorded_by"], events[-1]["payload"]) == ("Siv Samuelsson", {"text": "Påhittad."})
    page = siv.get(f"/cases/{case_id}/events?limit=1").json
    assert siv.get(f"/cases/{case_id}/events?after={page['next_after']}").json["events"] == events[1:]


def test_a_case_is_read_with_its_dates_and_why_and_its_consents(site: Site):
    case_id = site.register()
    siv = connect(site)
    given = {
        "giver": 1, "recipient": "landlord", "recipient_name": "Exempelbo AB", "purposes": ["negotiate_stay"],
        "scopes": ["payment"], "direction": "both", "form": "written",
        "informed_voluntary": True, "informed_how_to_revoke": True,
    }  # fmt: skip
    assert siv.post(f"/cases/{case_id}/events/samtycke.givet", given).status_code == 201
    case = siv.get(f"/cases/{case_id}").json
    assert [person["name"] for person in case["persons"]] == ["F-01 Påhittad"]
    assert case["home"] == "Provgatan 1, lgh 1101"
    dates = siv.get(f"/cases/{case_id}/deadlines").json["deadlines"]
    assert any(date["is_provisional"] for date in dates)
    assert all(date["why"] and date["source"] for date in dates)
    [consent] = siv.get(f"/cases/{case_id}/consents").json["consents"]
    assert (consent["giver"], consent["recipient"]) == (1, "landlord")


def test_what_is_kept_back_from_the_person_is_kept_back_from_the_system(site: Site):
    persons = [
        {
            "name": "F-02 Påhittad",
            "role": "contract_holder",
            "protection": "secrecy_mark",
            "own_address": "Gömslet 1",
        }
    ]
    case_id = site.register(persons=persons)  # type: ignore[arg-type]
    siv = connect(site)
    for part in ("", "/events", "/deadlines", "/consents"):
        assert "Gömslet" not in siv.get(f"/cases/{case_id}{part}").text
    [person] = siv.get(f"/cases/{case_id}").json["persons"]
    assert (person["is_kept_back"], person["own_address"]) == (True, None)


def test_another_administrations_case_is_as_if_it_did_not_exist(site: Site):
    case_id = site.register()
    disa = connect(site, acts_as="disa")
    for path in (f"/cases/{case_id}", f"/cases/{case_id}/events", "/tasks/1"):
        theirs, nothing = disa.get(path), disa.get(path.replace(str(case_id), "987654"))
        assert (theirs.status_code, theirs.json["title"]) == (nothing.status_code, nothing.json["title"])
    assert disa.get("/cases").json["cases"] == []


# What is logged


def test_every_read_stands_in_the_log_under_the_person_with_the_keys_name(site: Site):
    case_id = site.register()
    system = connect(site)
    answers = [system.get(f"/cases/{case_id}{part}") for part in ("", "/deadlines", "/consents", "/events")]
    entries = {entry.request_id: entry for entry in rows(site, ReadEntry)}
    for answer in answers:
        entry = entries[answer.headers["X-Request-ID"]]
        assert entry.case_id == case_id
        assert entry.what in AUDIT_LABELS["read"]
        assert entry.purpose == f"Systemnyckel {system.secret[:12]}: Provsystemet"


def test_what_only_does_something_is_no_read(site: Site):
    case_id = site.register()
    system = connect(site)
    system.post(f"/cases/{case_id}/events/anteckning", {"text": "Påhittad."})
    system.post("/tasks/1/claim")
    connect(site, "landlord").post("/notices/A", notice_body())
    assert rows(site, ReadEntry) == []


def test_a_refused_read_is_logged_as_one(site: Site):
    case_id = site.register()
    connect(site, acts_as="karim").get(f"/cases/{case_id}")
    assert [(entry.basis, entry.case_id) for entry in rows(site, ReadEntry)] == [("refused", case_id)]


# What is told when something is wrong


@pytest.mark.parametrize(
    "sent",
    [b"", b"{", b"\xff", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"[" * 100_000, b'{"a": ' + b"1" * 5000 + b"}"],
    ids=["nothing", "half", "no UTF-8", "no number", "twice", "deep", "long number"],
)
def test_what_is_no_plain_json_is_refused(site: Site, sent: bytes):
    system = connect(site, "landlord")
    answer = site.app.test_client().post(
        "/api/v1/notices/A",
        data=sent,
        headers={"Authorization": f"Bearer {system.secret}", "Content-Type": "application/json"},
    )
    must_be_problem(answer, 400)


def test_json_that_is_deeper_than_any_form_is_refused(site: Site):
    deep: Any = "x"
    for _ in range(13):
        deep = {"a": deep}
    must_be_problem(connect(site, "landlord").post("/notices/A", deep), 400)


def test_only_json_is_taken(site: Site):
    system = connect(site, "landlord")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = site.app.test_client().post(
            "/api/v1/notices/A",
            data=b"a=1",
            headers={"Authorization": f"Bearer {system.secret}", "Content-Type": kind},
        )
        must_be_problem(answer, 415)


def test_too_much_at_once_is_refused(site: Site):
    body = {**notice_body(), "rent_months": "x" * LARGEST_BODY}
    must_be_problem(connect(site, "landlord").post("/notices/A", body), 413)
    must_be_problem(connect(site, "landlord").post("/notices/A", {"x": "x" * 600_000}), 413)


def test_what_does_not_exist_and_what_cannot_be_done_there_are_told_apart(site: Site):
    system = connect(site)
    must_be_problem(system.get("/nothing"), 404)
    must_be_problem(system.get("/tasks/99999999999999999999"), 404)
    refused = system.post("/tasks", {})
    must_be_problem(refused, 405)
    assert "GET" in refused.headers["Allow"]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "limit=1&limit=2", "list=x", "after=x y", "sort=id", "after="],
)
def test_a_question_that_is_not_understood_is_refused_and_not_guessed_at(site: Site, query: str):
    must_be_problem(connect(site).get(f"/tasks?{query}"), 422)


def test_every_problem_is_told_in_the_language_that_is_asked_for(site: Site):
    system = connect(site)
    swedish = system.get("/nothing", headers={"Accept-Language": "sv"}).json["title"]
    english = system.get("/nothing", headers={"Accept-Language": "en-GB, en;q=0.9"}).json["title"]
    assert (swedish, english) == ("Adressen finns inte", "There is no such address")
    fields = (
        connect(site, "landlord").post("/notices/A", {}, headers={"Accept-Language": "en"}).json["errors"]
    )
    assert {one["message"] for one in fields} == {"Is missing."}


def test_every_problem_is_as_the_document_says(site: Site):
    document: Any = site.app.test_client().get("/api/v1/openapi.json").json
    written = document["components"]
    validator = Draft202012Validator({**written["schemas"]["Problem"], "components": written})
    system = connect(site, "landlord")
    for answer in (system.get("/nothing"), system.get("/cases"), system.post("/notices/A", {})):
        validator.validate(answer.json)


def test_a_crash_is_told_as_a_problem_without_what_crashed(site: Site, monkeypatch: pytest.MonkeyPatch):
    def crash(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret inside")

    system = connect(site)
    monkeypatch.setattr("app.api.cases.open_cases", crash)
    answer = system.get("/cases")
    must_be_problem(answer, 500)
    assert "secret" not in answer.text


def test_who_calls_too_often_waits_and_nobody_else(site_template, tmp_path, clock, monkeypatch):
    monkeypatch.setattr("app.request_limits.Brake.__init__.__defaults__", (lambda: 0.0,))
    file = tmp_path / "brake.db"
    shutil.copyfile(site_template, file)
    runtime = Runtime.open(_settings(file, KVARBOENDE_POSTS_PER_MINUTE="3"), clock=clock)
    site = Site(create_app(runtime), runtime, clock)
    busy, quiet = connect(site), connect(site, name="Ett lugnt system")
    statuses = [busy.get("/tasks").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert int(busy.get("/tasks").headers["Retry-After"]) > 0
    must_be_problem(busy.get("/tasks"), 429)
    assert quiet.get("/tasks").status_code == 200
    guesses = [System(site, "kvb_00000000_x", 0).get("/tasks").status_code for _ in range(5)]
    assert guesses == [401, 401, 401, 429, 429]
    assert quiet.get("/tasks").status_code == 200
    runtime.close()
