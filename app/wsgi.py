"""What a web server starts: the pages, with the settings of the environment."""

from __future__ import annotations

import os

from flask import Flask

from app import create_app
from processes.runtime import Runtime
from processes.settings import Settings


def app() -> Flask:
    """The pages, in a web process of their own."""
    return create_app(Runtime.open(Settings.from_environment(os.environ)))
