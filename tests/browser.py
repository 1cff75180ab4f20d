"""The browser that the page tests drive: the Chromium or Chrome that this machine has; none is downloaded.

`python -m tests.browser` says whether there is one, before the tests start.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
ARGUMENTS = ("--no-sandbox",)
"""As root and in containers the browser cannot make its sandbox; it shows none but our own pages."""
NOT_FOUND = (
    "The page tests need Chromium or Chrome, which is not on this machine: install it "
    "(Debian: sudo apt install chromium; macOS: brew install --cask google-chrome), "
    "or set CHROMIUM to the program's path."
)


class BrowserMissing(Exception):
    """No browser to drive; the message says what to install."""


def find_browser() -> Path:
    """The path of the browser. Raises BrowserMissing."""
    given = os.environ.get("CHROMIUM")
    on_path = [shutil.which(name) for name in ([given] if given else NAMES)]
    candidates = [Path(found) for found in on_path if found]
    if sys.platform == "darwin" and not given:
        candidates += ON_A_MAC
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise BrowserMissing(NOT_FOUND)


if __name__ == "__main__":
    try:
        find_browser()
    except BrowserMissing as missing:
        sys.exit(str(missing))
