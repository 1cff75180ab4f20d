"""What a web server starts: the pages, with the settings of the environment."""

from __future__ import annotations

import os

from flask import Flask

from app import create_app
from app.safety import refuse_what_is_unsafe
from app.stopping import hear_every_stop
from processes.errors import SettingRefused
from processes.logs import write_log
from processes.memory import leave_the_program_alone, share_one_heap
from processes.runtime import Runtime
from processes.settings import Settings


def app() -> Flask:
    """The pages, in a web process of their own. Raises SettingRefused when that would give cases away."""
    hear_every_stop()
    share_one_heap()
    settings = Settings.from_environment(os.environ)
    write_log(settings.log_level, settings.log_format)
    runtime = Runtime.open(settings)
    try:
        refuse_what_is_unsafe(runtime)
    except SettingRefused:
        runtime.close()
        raise
    pages = create_app(runtime)
    leave_the_program_alone()
    return pages
