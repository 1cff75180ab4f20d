"""The pages in processes that take their time to start, for a test of how they are stopped before they serve."""

from __future__ import annotations

import time
from pathlib import Path

from app import wsgi
from app.commands import running

app = wsgi.app

if __name__ == "__main__":
    running.PAGES = "tests.commands.slow_start:app"
    running.serve(standalone_mode=False)
else:
    Path("is-loading").touch()
    time.sleep(5)
    Path("has-loaded").touch()
