"""Web and worker are started, watched and stopped together."""

from __future__ import annotations

import signal
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from app.supervisor import address_is_free, pages_answer
from tests.commands.programs import Program, eventually, started
from tests.ports import free_port

SUPERVISE = """
import os, sys
from pathlib import Path
from app.supervisor import Supervisor
web, worker = sys.argv[1:]
python = sys.executable
sys.exit(Supervisor(
    environment=os.environ,
    is_ready=lambda: Path("web").exists(),
    announce=lambda: print("ready", flush=True),
    web_command=(python, "-c", web),
    worker_command=(python, "-c", worker),
).run())
"""
STAYS = """
import signal
from pathlib import Path
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
Path("{name}").touch()
signal.sigwait([signal.SIGTERM])
Path("{name} asked to end").touch()
"""
WEB_THAT_STAYS = STAYS.format(name="web")
WORKER_THAT_STAYS = STAYS.format(name="worker")
WORKER_THAT_ENDS = "open('starts', 'a').write('once\\n')"


def supervised(web: str, worker: str, folder: Path) -> AbstractContextManager[Program]:
    return started(sys.executable, "-c", SUPERVISE, web, worker, settings={}, folder=folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_end_reaches_both(tmp_path, number):
    with supervised(WEB_THAT_STAYS, WORKER_THAT_STAYS, tmp_path) as program:
        assert program.prints("ready")
        assert eventually((tmp_path / "worker").exists)
        program.process.send_signal(number)
        assert program.ends_with() == 0
    assert (tmp_path / "web asked to end").exists()
    assert (tmp_path / "worker asked to end").exists()


FINISHES_FIRST = """
import signal, time
from pathlib import Path
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
Path("web").touch()
signal.sigwait([signal.SIGTERM])
Path("web asked to end").touch()
time.sleep({seconds})
Path("web has finished").touch()
"""


def test_what_the_pages_have_begun_is_waited_for(tmp_path):
    with supervised(FINISHES_FIRST.format(seconds=1), WORKER_THAT_STAYS, tmp_path) as program:
        assert program.prints("ready")
        program.process.send_signal(signal.SIGTERM)
        assert program.ends_with() == 0
    assert (tmp_path / "web has finished").exists()


def test_whoever_asks_a_second_time_waits_for_nothing(tmp_path):
    with supervised(FINISHES_FIRST.format(seconds=600), WORKER_THAT_STAYS, tmp_path) as program:
        assert program.prints("ready")
        program.process.send_signal(signal.SIGTERM)
        assert eventually((tmp_path / "web asked to end").exists)
        program.process.send_signal(signal.SIGTERM)
        assert program.ends_with() == 0
    assert not (tmp_path / "web has finished").exists()


def test_a_worker_that_ends_is_started_again_and_nothing_is_announced_twice(tmp_path):
    starts = tmp_path / "starts"
    with supervised(WEB_THAT_STAYS, WORKER_THAT_ENDS, tmp_path) as program:
        assert program.prints("ready")
        assert eventually(lambda: starts.exists() and starts.read_text().count("once") > 1)
        assert program.process.poll() is None
        assert program.printed.count("ready") == 1


def test_when_the_pages_cannot_be_served_everything_ends(tmp_path):
    with supervised("raise SystemExit(3)", WORKER_THAT_STAYS, tmp_path) as program:
        assert program.ends_with() == 1
        assert "The web process has ended with status 3." in program.printed


def test_a_port_that_nobody_uses_is_free_and_answers_nothing():
    port = free_port()
    assert address_is_free("127.0.0.1", port)
    assert not pages_answer("127.0.0.1", port)


def test_a_host_that_is_not_ours_is_not_free():
    assert not address_is_free("192.0.2.1", free_port())
