"""How dates, times, amounts and deadlines are written: the Swedish way, and in words as well as colour."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, g, url_for

from app import labels
from app.devices import device_words
from app.texts import LANGUAGES, language, t
from app.web import SIGNED_IN, running_system
from processes.clock import swedish_day, swedish_time
from processes.models import Membership, Notice
from processes.rules.explanation import Explanation
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.rules.protection import MARK
from processes.rules.urgency import group_of

MONTHS = {
    "sv": ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
}
WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@dataclass(frozen=True, slots=True)
class Urgency:
    """How near a due date is: a group of the inbox and the words for it."""

    group: str
    """late, today, week, later, hold or none."""
    words: str


def teach(app: Flask) -> None:
    """Give the templates these words and filters."""
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        moment=moment,
        clock_time=clock_time,
        countdown=countdown,
        typed_day=typed_day,
        typed_moment=typed_moment,
        amount=amount,
        initials=initials,
    )
    app.jinja_env.globals.update(
        t=t,
        label=labels.label,
        unit_names=labels.unit_names,
        urgency=urgency,
        bundled=bundled,
        device_words=device_words,
        asset=asset,
        explained=explained,
        role_words=role_words,
        is_from_kfm=is_from_kfm,
        PROTECTED_MARK=MARK,
    )
    app.context_processor(_around_every_page)


def now_of_page() -> datetime:
    """The instant at which the page is made, the same all over it; a demo's clock is asked for once a page."""
    if "now" not in g:
        g.now = running_system().clock.now()
    return cast(datetime, g.now)


def _around_every_page() -> dict[str, Any]:
    return {
        "me": g.get("reader"),
        "language": language(),
        "languages": LANGUAGES,
        "demo": running_system().settings.demo,
        "now": now_of_page(),
        "SIGNED_IN": SIGNED_IN,
    }


def _date(value: date | datetime | str) -> date:
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return swedish_day(value) if isinstance(value, datetime) else value


def day(value: date | datetime | str | None, *, weekday: bool = True) -> str:
    """`onsdag 1 april 2026`; an instant is written as its Swedish day."""
    if value is None:
        return ""
    when, tongue = _date(value), language()
    name = f"{WEEKDAYS[tongue][when.weekday()]} " if weekday else ""
    return f"{name}{when.day} {MONTHS[tongue][when.month - 1]} {when.year}"


def short_day(value: date | datetime | str | None) -> str:
    """`1 april`, with the year when it is another than this one."""
    if value is None:
        return ""
    when = _date(value)
    year = "" if when.year == swedish_day(now_of_page()).year else f" {when.year}"
    return f"{when.day} {MONTHS[language()][when.month - 1]}{year}"


def countdown(value: date) -> str:
    """`Idag`, `Imorgon` or `Om 5 dagar`; a day that has passed is written as it is."""
    days = (value - swedish_day(now_of_page())).days
    if days < 0:
        return short_day(value)
    near = (t("Idag"), t("Imorgon"))
    return near[days] if days < 2 else t("Om {days} dagar", days=days)


def moment(value: datetime | str | None) -> str:
    """`1 april 14:05` in Swedish time."""
    return f"{short_day(value)} {clock_time(value)}" if value else ""


def clock_time(value: datetime | str | None) -> str:
    """`14:05` in Swedish time."""
    if value is None:
        return ""
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{swedish_time(instant):%H:%M}"


def amount(value: Decimal | str | None) -> str:
    """`9 450,00`, with spaces that do not break; what is no number is left as it was typed."""
    if value is None or value == "":
        return ""
    try:
        return f"{Decimal(value):,.2f}".replace(",", "\u00a0").replace(".", ",")
    except InvalidOperation:
        return str(value)


def initials(name: str) -> str:
    """`AL` for Anna Lindqvist."""
    return "".join(part[0] for part in name.split()[:2]).upper()


def urgency(due_at: datetime | None, now: datetime, on_hold_until: datetime | None = None) -> Urgency:
    """Which group of the inbox a due date puts a task in, counted in Swedish calendar days, and how to say it."""
    group = group_of(due_at, now, on_hold_until)
    if group == "hold":
        return Urgency(group, t("Vilar till {day}", day=short_day(on_hold_until)))
    if due_at is None:
        return Urgency(group, t("Ingen tid satt"))
    return Urgency(group, _how_urgent(due_at, now))


def _how_urgent(due_at: datetime, now: datetime) -> str:
    days = (swedish_day(due_at) - swedish_day(now)).days
    if due_at < now:
        if days == 0:
            return t("Försenad sedan {time}", time=clock_time(due_at))
        return t("Försenad {days} dagar", days=-days) if days < -1 else t("Försenad 1 dag")
    if days == 0:
        return t("Idag {time}", time=clock_time(due_at))
    return t("Imorgon") if days == 1 else t("Om {days} dagar", days=days)


def iso_local(value: str) -> str:
    """An instant as it is typed into a form: `2026-03-09 14:05`; anything else as it is."""
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{swedish_time(instant.astimezone(UTC)):%Y-%m-%d %H:%M}" if instant.tzinfo else value


def is_from_kfm(notice: Notice) -> bool:
    """Whether Kronofogden sent the notice; nobody takes a stance on those."""
    return NOTICE_KINDS[notice.kind].is_from_kfm


def typed_day(instant: datetime, days: int = 0) -> str:
    """The Swedish day of the instant, or so many days later, as it is typed into a form."""
    return (swedish_day(instant) + timedelta(days=days)).isoformat()


def typed_moment(instant: datetime) -> str:
    """The instant as it is typed into a form: `2026-03-09 14:05`."""
    return iso_local(instant.isoformat())


def explained(kept: dict[str, Any]) -> list[str]:
    """The sentences that answer "Varför detta datum?", the date itself left out."""
    return Explanation.from_json(kept).as_text_sv().splitlines()[1:]


def role_words(membership: Membership) -> str:
    """What a person is, and where."""
    role = labels.label("role", membership.role)
    unit = labels.label("unit", membership.unit) if membership.unit else role
    return role if unit == role else f"{role}, {unit}"


def asset(name: str) -> str:
    """The address of one of our own static files, which changes when the file does."""
    changed = (Path(str(current_app.static_folder)) / name).stat().st_mtime_ns
    return url_for("static", filename=name, v=f"{changed:x}"[-8:])


def bundled(name: str) -> str | None:
    """The address of a file of the browser bundle; None as long as it has not been built."""
    manifest = Path(str(current_app.static_folder)) / "dist" / "manifest.json"
    try:
        built = _read_manifest(manifest, manifest.stat().st_mtime_ns)
    except FileNotFoundError:
        return None
    return url_for("static", filename=f"dist/{built[name]}") if name in built else None


@lru_cache(maxsize=1)
def _read_manifest(manifest: Path, changed: int) -> Mapping[str, str]:  # noqa: ARG001  # a bundle built anew is read anew
    """What the bundle consists of, read once for each time it is built."""
    built: dict[str, str] = json.loads(manifest.read_text("utf-8"))
    return built
