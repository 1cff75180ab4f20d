"""What the web server asks for: the pages of this installation, set up from the environment."""

from __future__ import annotations

import os

from flask import Flask

from app import create_app
from processes.migrations import must_be_migrated
from processes.runtime import Runtime
from processes.settings import Settings


def app() -> Flask:
    """The application on the database of the environment; raises SettingRefused and DatabaseNotReady."""
    runtime = Runtime.open(Settings.from_environment(os.environ))
    must_be_migrated(runtime.engine)
    return create_app(runtime)
