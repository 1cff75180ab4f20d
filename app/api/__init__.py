"""The interface for other systems, `/api/v1`: the same actions as on the pages, asked for with a key and in JSON."""

from __future__ import annotations

from flask import Flask

from app.api import calls, guard, reading_matter
from app.security import csrf


def introduce(app: Flask, calls_per_minute: int) -> None:
    """Put the interface into the application: its guard, its calls and the page about it."""
    guard.put_before(app, calls_per_minute)
    blueprint = calls.blueprint()
    csrf.exempt(blueprint)  # no browser holds a key, and no cookie opens the interface
    app.register_blueprint(blueprint)
    app.register_blueprint(reading_matter.pages)
