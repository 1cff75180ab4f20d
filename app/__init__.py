"""The pages: what a caseworker sees in the browser, and nothing about what the law says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from processes.runtime import Runtime


def create_app(runtime: Runtime) -> Flask:
    """The web application on a running system. Raises SettingRefused when nothing can sign the sessions."""
    from app import application  # noqa: PLC0415 -- commands and the supervisor live here too and need no pages

    return application.create_app(runtime)
