"""`kvarboende serve` with several processes: a monitor sees what all of them have done, whichever answers it."""

from __future__ import annotations

import re
from http.client import HTTPConnection

from app.supervisor import pages_answer
from tests.commands.programs import PATIENCE, eventually, kvarboende, started
from tests.ports import free_port

SECRET = "only-for-tests-" * 3
ASKED = 30


def ask(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Authorization": f"Bearer {SECRET}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    assert answer.status == 200, body
    return body


def counted(port: int) -> float:
    """How many times /health/ready was answered, as whichever process answers knows it."""
    found = re.search(
        r'kvarboende_requests_total\{endpoint="health.ready".*\} ([\d.]+)', ask(port, "/metrics")
    )
    return float(found[1]) if found else 0.0


def test_every_process_tells_the_figures_of_all(tmp_path, database_url):
    port = free_port()
    settings = {
        "KVARBOENDE_DATABASE_URL": database_url,
        "KVARBOENDE_SECRET_KEY": SECRET,
        "KVARBOENDE_METRICS_TOKEN": SECRET,
        "KVARBOENDE_PORT": str(port),
        "KVARBOENDE_WEB_PROCESSES": "2",
    }
    with started(*kvarboende("serve"), settings=settings, folder=tmp_path) as program:
        assert eventually(lambda: pages_answer("127.0.0.1", port)), program.printed
        for _ in range(ASKED):
            ask(port, "/health/ready")
        assert [counted(port) for _ in range(5)] == [float(ASKED)] * 5
        assert "kvarboende_timer_lag_seconds 0.0" in ask(port, "/metrics")
