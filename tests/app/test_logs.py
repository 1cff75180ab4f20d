"""A line of the log says which request, job and case it is about, on one line, and never what anybody is called."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app import create_app
from processes import logs
from processes.database import open_database
from processes.runtime import Runtime
from processes.settings import Settings
from tests.app.conftest import Site
from tests.app.test_notices import ARREARS
from workers.loop import WorkerLoop
from workers.schedule import Job

TYPED = ("Hemlighetsson", "Smyggatan", "197002299999", "Lösenordet-jag-skrev")
"""What stands in no line, fictional."""


@pytest.fixture
def written() -> io.StringIO:
    """What the process writes until the test ends, as JSON and down to the finest level."""
    file = io.StringIO()
    logs.write_log("debug", "json", file)
    return file


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def told(written: io.StringIO, logger: str) -> list[dict[str, Any]]:
    return [line for line in lines(written) if line["logger"] == logger]


def crash(*_: object, **__: object) -> None:
    raise ValueError(f"invalid value: {', '.join(TYPED)}")


def test_nothing_that_is_typed_comes_into_the_log(
    site: Site, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, street, number, password = TYPED
    visitor = site.visitor()
    visitor.post("/logga-in", username=name, password=password)
    visitor.get(f"/{street}/{number}?sok={name}")
    siv = site.browser("siv")
    siv.get(f"/arenden?sok={name}+{number}")
    siv.get("/arenden?sok=%00" + name)
    form = {**ARREARS, "persons-0-name": name, "address": f"{street} 1", "landlord_name": street}
    form["persons-0-id_number"] = number
    assert siv.post("/underrattelser/ny/A", **form).status_code in (200, 400)
    form["persons-0-id_number"] = "198404152392"
    assert siv.post("/underrattelser/ny/A", **form).status_code == 302
    for page in ("/inkorg", "/arenden", "/arenden/1", "/arenden/1/journal", "/person/1", "/uppgifter/1"):
        siv.get(page)
    site.browser("anna").post("/uppgifter/1/svara", what=name, till=street)
    monkeypatch.setattr("app.notices.register_notice", crash)
    assert siv.post("/underrattelser/ny/A", **form).status_code == 500
    found = lines(written)
    assert len(found) > 15
    assert [part for part in TYPED if part.casefold() in written.getvalue().casefold()] == []
    assert {line["level"] for line in found} >= {"info", "warning", "error"}
    failed = next(line for line in found if line["level"] == "error")
    assert failed["error"] == "ValueError"
    assert failed["places"][-1].startswith("tests/app/test_logs.py:")


def test_a_line_has_its_request_and_the_case_that_it_moved(site: Site, written: io.StringIO) -> None:
    siv = site.browser("siv")
    answer = siv.post("/underrattelser/ny/A", **ARREARS)
    line = told(written, "kvarboende.requests")[-1]
    assert line["request"] == answer.headers["X-Request-ID"]
    assert (line["status"], line["endpoint"], line["case"]) == (302, "notices.register", [1])
    assert line["message"] == "POST /underrattelser/ny/<kind>"
    assert line["ms"] > 0
    siv.get("/arenden/1?flik=hemligt")
    line = told(written, "kvarboende.requests")[-1]
    assert (line["message"], line["case"]) == ("GET /arenden/<id:case_id>", [1])
    siv.get("/inkorg")
    assert "case" not in told(written, "kvarboende.requests")[-1]


def test_what_programs_ask_every_other_second_is_told_on_the_finest_level_alone(
    site: Site, written: io.StringIO
) -> None:
    site.visitor().get("/health/ready")
    assert told(written, "kvarboende.requests")[-1]["level"] == "debug"
    logs.write_log("info", "json", written)
    written.truncate(0)
    written.seek(0)
    site.visitor().get("/health/ready")
    assert told(written, "kvarboende.requests") == []
    site.visitor().get("/logga-in")
    assert told(written, "kvarboende.requests")[-1]["level"] == "info"


GIVEN = "0194f0c2-aaaa-7bbb-8ccc-000000000001"


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        ("1", GIVEN, True),
        ("0", GIVEN, False),
        ("1", "short", False),
        ("1", "with spaces and more signs", False),
        ("1", "a" * 65, False),
        ("1", "å" * 20, False),
    ],
)
def test_a_name_for_the_request_is_taken_from_a_proxy_of_ours_if_it_is_one(
    settings: Settings, proxies: str, given: str, is_taken: bool
) -> None:
    chosen = Settings.from_environment(
        {
            "KVARBOENDE_DATABASE_URL": settings.database_url,
            "KVARBOENDE_SECRET_KEY": "only-for-tests-" * 3,
            "KVARBOENDE_PROXIES": proxies,
        }
    )
    runtime = Runtime.open(chosen)
    client = create_app(runtime).test_client()
    answer = client.get("/health", environ_overrides={"HTTP_X_REQUEST_ID": given.encode().decode("latin-1")})
    runtime.close()
    name = answer.headers["X-Request-ID"]
    assert (name == given) is is_taken
    assert name.isascii()
    assert 16 <= len(name) <= 64


def test_a_job_and_its_row_are_named_also_when_it_fails(runtime: Runtime, written: io.StringIO) -> None:
    def fail(_runtime: Runtime, _stopping: object) -> None:
        with logs.about(row=17):
            logs.concern(4)
            logging.getLogger("workers.test").info("Half-way.")
        loop.stop()
        crash()

    job = Job("trial", timedelta(seconds=60), fail)
    loop = WorkerLoop(runtime, [job])
    loop.run()
    half = told(written, "workers.test")[0]
    assert (half["job"], half["row"], half["case"]) == ("trial", 17, [4])
    failed = told(written, "workers.loop")[0]
    assert (failed["job"], failed["error"]) == ("trial", "ValueError")
    assert "row" not in failed
    assert "case" not in failed


def test_what_the_database_quotes_is_not_told_but_its_code_is(
    database_url: str, written: io.StringIO
) -> None:
    engine = open_database(database_url)
    for _ in range(2):
        try:
            with engine.begin() as connection:
                connection.execute(
                    text("INSERT INTO administrations (key, name) VALUES (:key, :key)"), {"key": TYPED[0]}
                )
        except IntegrityError:
            logging.getLogger("app.test").exception("It failed.")
    engine.dispose()
    line = told(written, "app.test")[0]
    assert line["error"].startswith("IntegrityError")
    assert TYPED[0] not in written.getvalue()
    if engine.dialect.name == "postgresql":
        assert "UniqueViolation 23505" in line["error"]


def test_a_database_that_does_not_answer_is_told_in_the_drivers_words(written: io.StringIO) -> None:
    engine = open_database("postgresql://nobody@127.0.0.1:1/nothing")
    try:
        engine.connect()
    except Exception:  # whatever it is, the line is what counts
        logging.getLogger("app.test").exception("It failed.")
    assert "127.0.0.1" in told(written, "app.test")[0]["driver"]


def test_other_libraries_are_heard_when_it_matters_and_without_their_values(written: io.StringIO) -> None:
    logging.getLogger("urllib3").info("GET /user?name=%s", TYPED[0])
    logging.getLogger("urllib3").warning("Retrying %s after a fault", TYPED[0])
    assert [line["message"] for line in lines(written)] == ["Retrying %s after a fault"]


def test_a_line_is_one_line_in_both_forms(written: io.StringIO) -> None:
    logger = logging.getLogger("app.test")
    for form in ("json", "text"):
        written.truncate(0)
        written.seek(0)
        logs.write_log("info", form, written)
        with logs.about(request="r-1"):
            try:
                crash()
            except ValueError:
                logger.exception("Two\nlines %s", "a\r\nforged: line")
        assert written.getvalue().count("\n") == 1
        assert "\r" not in written.getvalue()
    assert (
        "ERROR app.test: Two lines a forged: line [request=r-1 error=ValueError places=" in written.getvalue()
    )


def test_a_program_or_thread_that_ends_by_a_failure_says_so_in_a_line(written: io.StringIO) -> None:
    thread = threading.Thread(target=crash, name="trial")
    thread.start()
    thread.join()
    error = KeyError(TYPED[0])
    sys.excepthook(type(error), error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert [(line["level"], line["error"]) for line in lines(written)] == [
        ("critical", "ValueError"),
        ("critical", "KeyError"),
    ]
