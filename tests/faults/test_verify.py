"""Whatever is broken in a database is found, and nothing is said of one in good order."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select, update

from app.commands.verify import verify
from processes.actions.diagrams import publish
from processes.actions.events import record_event
from processes.actions.moving import settle
from processes.actions.read_log import write_read
from processes.actions.tasks import claim_task
from processes.models import LogCheck, Mail, Person, Task
from processes.queries import log_chains
from processes.queries.log_chains import ends_of_chains
from processes.rules.invariants import INVARIANTS
from processes.rules.snapshot import Scope
from processes.runtime import Runtime
from processes.settings import Settings
from processes.unit_of_work import Start
from processes.verification import breaches_in
from tests.city import DIAGRAMS, City
from tests.conftest import A_MONDAY_MORNING
from tests.engine.drawn import files_of, sketch
from tests.faults.broken_rows import HARMS, PLAIN, RICH, found_when
from tests.faults.damage import WAITING
from tests.faults.run import FAULTS, MIGRATION
from tests.faults.stuck import WAITS_ONLY
from workers.log_check import check_logs

NOT_IN_ROWS = {"file_is_sound"}
"""Broken otherwise than by changing a row."""


def prepare(city: City) -> None:
    """Two cases: in one much has happened, in the other next to nothing."""
    assert city.register_eviction() == RICH
    assert city.register(apartment="2002") == PLAIN
    sent = {"sent_at": "2026-03-02T08:45", "channel": "secure_message", "copy_handling": "no_copy"}
    named = {"caseworker": 1, "caseworker_phone": "031-000 00 00", "content_checked": True}
    city.complete(RICH, "bekrafta_till_kronofogden", "anna", **sent, **named)
    tenant = {"person": 1, "channel": "phone", "outcome": "no_answer", "at": "2026-03-02T08:50"}
    consent = {
        "recipient": "landlord",
        "purposes": ["negotiate_stay"],
        "scopes": ["payment"],
        "direction": "both",
    }
    informed = {"form": "oral", "informed_voluntary": True, "informed_how_to_revoke": True}
    happen(city, "bevakning.skapad", kind="other", until="2026-03-20", text="Påhittad påminnelse.")
    happen(city, "kontaktforsok.gjort", **tenant)
    happen(city, "samtycke.givet", giver=1, **consent, **informed)
    happen(city, "samtycke.aterkallat", giver=1, how="oral")
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        claim_task(work, task_id=city.task(RICH, "planera_narvaro"), caseworker=anna)
        write_read(work, caseworker=anna, case_id=RICH, what="cases.show")
        told = {"kind": "reminder", "path": "/", "dedup_key": "prov", "message_id": "prov"}
        at = {"created_at": A_MONDAY_MORNING, "next_attempt_at": A_MONDAY_MORNING}
        work.session.execute(insert(Mail).values(caseworker_id=1, case_id=RICH, **told, **at))


def happen(city: City, name: str, **said: Any) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        record_event(work, case_id=RICH, name=name, payload=said, caseworker=anna)


def test_whatever_is_broken_is_found_in_its_case_and_nothing_else_is(city: City) -> None:
    prepare(city)
    assert breaches_in(city.runtime) == []
    missed, elsewhere = [], []
    is_postgresql = (
        city.runtime.engine.dialect.name == "postgresql"
    )  # which has its own part in some, not in each
    for title, invariant, harm in HARMS[:: 3 if is_postgresql else 1]:
        found = found_when(city.runtime, invariant, harm)
        if invariant not in {key for key, _ in found}:
            missed.append((title, invariant, found))
        if len({number for _, number in found} - {""}) > 1:
            elsewhere.append((title, found))
    assert missed == []
    assert elsewhere == []
    assert breaches_in(city.runtime) == [], "the harm was to be undone"


def test_every_invariant_can_be_broken() -> None:
    assert {invariant for _, invariant, _ in HARMS} | NOT_IN_ROWS == INVARIANTS.keys()


def test_every_invariant_and_every_fault_is_explained_to_operators() -> None:
    told = (DIAGRAMS.parent / "docs" / "faults.md").read_text("utf-8")
    assert [key for key, said in INVARIANTS.items() if f"| `{key}` | {said} |" not in told] == []
    assert [name for name in (*FAULTS, MIGRATION) if f"\n| {name} | " not in told] == []


def test_a_process_that_waits_for_what_cannot_happen_is_found(city: City) -> None:
    case_id = city.register_eviction()
    with city.runtime.transaction() as work:
        publish(work, WAITING, files_of(sketch(WAITS_ONLY, WAITING)))
        work.set_off(Start(WAITING, case_id, Scope("case", case_id)))
        settle(work, work.lock(case_id), cause="prov")
    [found] = breaches_in(city.runtime)
    assert found.invariant == "process_waits"
    assert "frist.avgjord" in found.said


def test_what_is_written_meanwhile_is_no_tampering(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = city.register()

    def read() -> None:
        with city.runtime.transaction() as work:
            write_read(work, caseworker=city.person(work, "anna"), case_id=case_id, what="cases.show")

    def ends_and_then_more(session: Any) -> dict[str, Any]:
        ends = dict(ends_of_chains(session))
        read()
        return ends

    read()
    monkeypatch.setattr(log_chains, "ends_of_chains", ends_and_then_more)
    assert breaches_in(city.runtime) == []
    check_logs(city.runtime, lambda: False)
    with city.runtime.reading() as work:
        assert work.session.scalars(select(LogCheck.flaws)).one() == 0


def test_only_one_administration_is_looked_at_when_one_is_named(city: City) -> None:
    city.register()
    with city.runtime.transaction() as work:
        work.session.execute(update(Task).values(legal_on=A_MONDAY_MORNING.date()))
    assert [breach.invariant for breach in breaches_in(city.runtime, "hisingen")] == ["order_follows"]
    assert breaches_in(city.runtime, "sydvast") == []


def test_a_file_that_is_not_sound_is_found(sqlite_city: Path, tmp_path: Path) -> None:
    file = tmp_path / "city.db"
    shutil.copyfile(sqlite_city, file)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "CREATE TABLE prov (a); INSERT INTO prov VALUES (NULL); PRAGMA writable_schema=ON;"
            "UPDATE sqlite_master SET sql = 'CREATE TABLE prov (a NOT NULL)' WHERE name = 'prov';"
        )
    settings = Settings.from_environment({"KVARBOENDE_DATABASE_URL": f"sqlite:///{file}"})
    runtime = Runtime.open(settings)
    assert [breach.invariant for breach in breaches_in(runtime)] == ["file_is_sound"]
    runtime.close()


def test_the_command_says_what_is_wrong_and_names_nobody(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    city.register()
    url = city.runtime.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("KVARBOENDE_DATABASE_URL", url)
    sound = CliRunner().invoke(verify)
    assert (sound.exit_code, sound.output) == (0, "1 cases: nothing is wrong.\n")
    with city.runtime.transaction() as work:
        work.session.execute(update(Task).values(legal_on=A_MONDAY_MORNING.date()))
        name = work.session.scalars(select(Person.name)).one()
    told = CliRunner().invoke(verify)
    assert told.exit_code == 1
    assert "WRONG   KVB 2026-000001 tasks 1: ta_stallning is ordered by 2026-03-02" in told.output
    assert name not in told.output
    as_json = CliRunner().invoke(verify, ["--json", "--administration", "hisingen"])
    first, last = map(json.loads, as_json.output.splitlines())
    assert (first["case_number"], first["invariant"]) == ("KVB 2026-000001", "order_follows")
    assert last == {"cases": 1, "breaches": 1}
    assert CliRunner().invoke(verify, ["--administration", "ingen"]).exit_code == 2
