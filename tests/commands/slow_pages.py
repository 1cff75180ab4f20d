"""The pages with one that takes its time inside a transaction, for a test of how they are stopped.

Started in place of app.wsgi by `python -m tests.commands.slow_pages`, everything else as `kvarboende serve` does it.
"""

from __future__ import annotations

import time
from pathlib import Path

from flask import Flask

from app import security, wsgi
from app.commands import running
from app.web import running_system
from processes.models import Administration

AT_MOST_SECONDS = 20.0


def app() -> Flask:
    """The pages, and /slow, which writes a row, says so in a file, and commits when another file lets it."""
    security.OPEN_ROUTES = security.OPEN_ROUTES | {"slow"}
    pages = wsgi.app()

    @pages.get("/slow")
    def slow() -> str:
        with running_system().transaction() as work:
            work.session.add(Administration(key="slow", name="Slow"))
            work.session.flush()
            Path("has-begun").touch()
            until = time.monotonic() + AT_MOST_SECONDS
            while not Path("may-end").exists() and time.monotonic() < until:
                time.sleep(0.05)
        return "committed"

    return pages


if __name__ == "__main__":
    running.PAGES = "tests.commands.slow_pages:app"
    running.serve(standalone_mode=False)
