"""The commands that get Kvarboende ready and start it: run, serve, migrate."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from tempfile import TemporaryDirectory

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app.commands.demo import fill_with_demo, sign_ins
from app.commands.installation import bring_up_to_date, secret_key_of
from app.safety import refuse_what_is_unsafe
from app.stopping import end_what_still_starts, hear_every_stop
from app.supervisor import SUPERVISOR, address_is_free
from processes.errors import SettingRefused
from processes.logs import write_log
from processes.migrations import must_be_migrated
from processes.runtime import Runtime
from processes.settings import Settings

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- these are looked up, not listened on


PAGES = "app.wsgi:app"
LOG_OF_SERVER = {"_granian": {"propagate": True}, "granian.access": {"propagate": False}}
"""What the web server says goes where our own lines go; what it would say of each request we say ourselves."""
FINISH_WITHIN_SECONDS = 30
"""So long the requests that are being answered may take to end when the pages are stopped."""


@click.command()
def run() -> None:
    """Start everything on this computer: pages, worker and, when none is set, an SQLite database in var/."""
    settings = Settings.from_environment(os.environ)
    _refuse_taken_port(settings)
    if settings.is_embedded:
        bring_up_to_date(settings)
    if settings.demo:
        fill_with_demo(settings)
    _refuse_what_is_unsafe(settings)
    host = ANYWHERE.get(settings.host, settings.host)
    told = (host, str(settings.port), settings.log_level, settings.log_format, _announcement(settings, host))
    sys.stdout.flush()
    # In the place of this program, which has loaded everything: what watches the parts needs next to nothing.
    os.execve(SUPERVISOR[0], [*SUPERVISOR, *told], _with_key(os.environ, secret_key_of(settings)))  # noqa: S606 -- our own


def _with_key(environment: Mapping[str, str], key: str) -> dict[str, str]:
    """The environment of the parts, which get the key itself wherever it was kept."""
    rest = {name: value for name, value in environment.items() if name != "KVARBOENDE_SECRET_KEY_FILE"}
    return {**rest, "KVARBOENDE_SECRET_KEY": key}


@click.command()
def serve() -> None:
    """Serve the pages only; the database must be migrated, and a worker must run beside it."""
    settings = Settings.from_environment(os.environ)
    if settings.secret_key is None:
        raise SettingRefused("KVARBOENDE_SECRET_KEY must be set; make one with `openssl rand -hex 32`.")
    _refuse_taken_port(settings)
    _refuse_what_is_unsafe(settings)
    with TemporaryDirectory(prefix="kvarboende-figures-") as folder:
        if settings.web_processes > 1:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = (
                folder  # where the processes add up what they have answered
            )
        _serve(settings)


def _serve(settings: Settings) -> None:
    write_log(settings.log_level, settings.log_format)
    # Here, and not in each process of its own: they share what is loaded before they are forked.
    import_module("app.application")
    gc.collect()
    gc.freeze()
    end_what_still_starts()
    server = Granian(
        PAGES,
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        blocking_threads=settings.web_threads,
        # Its warnings are about more threads than processors; ours mostly wait for the database.
        log_level=LogLevels.debug if settings.log_level == "debug" else LogLevels.error,
        log_dictconfig={"loggers": LOG_OF_SERVER},
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH_WITHIN_SECONDS,
    )
    server.on_startup(hear_every_stop)
    server.serve()


@click.command()
def migrate() -> None:
    """Give the database the tables and the diagrams of this version."""
    settings = Settings.from_environment(os.environ)
    changed = bring_up_to_date(settings)
    click.echo("The database is up to date." + (f" New diagrams: {', '.join(changed)}." if changed else ""))


def _refuse_what_is_unsafe(settings: Settings) -> None:
    runtime = Runtime.open(settings)
    try:
        must_be_migrated(runtime.engine)
        refuse_what_is_unsafe(runtime)
    finally:
        runtime.close()


def _refuse_taken_port(settings: Settings) -> None:
    if not address_is_free(settings.host, settings.port):
        raise SettingRefused(
            f"Port {settings.port} on {settings.host} is in use already: stop the program that uses it, "
            f"or choose another with KVARBOENDE_PORT={settings.port + 1 if settings.port < 65535 else 8000}."
        )


def _announcement(settings: Settings, host: str) -> str:
    """What is printed once the pages are there."""
    shown = f"[{host}]" if ":" in host else host
    address = f"\nKvarboende: http://{shown}:{settings.port}   (Ctrl-C stops it)"
    return f"{address}\n{sign_ins()}" if settings.demo else address
