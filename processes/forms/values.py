"""Reads one answer: a date, an amount, a choice; says in Swedish what is wrong when it cannot be understood."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from processes.clock import STOCKHOLM
from processes.forms.fields import Field, Kind

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LARGEST_NUMBER = Decimal(10) ** 12

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_LOCAL_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_AMOUNT = re.compile(r"-?\d{1,13}(?:[.,]\d{1,2})?", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
_PERSONAL_NUMBER = re.compile(r"(\d{4})(\d{2})(\d{2})[-+ ]?(\d{4})", re.ASCII)
UNKNOWN = frozenset({"okänt", "okänd", "saknas", "unknown"})
"""What is said in the place of a number that nobody knows."""


class Misunderstood(Exception):
    """An answer that cannot be taken; the text says in Swedish what to do about it."""


def read_value(field: Field, raw: Any) -> Any:
    """The answer in the form it is kept in; raises Misunderstood. Rows are read in `reading`."""
    return _READERS[field.kind](field, raw)


def _is_number(raw: Any) -> bool:
    """A number that can be reckoned with; a giant is left out here because even writing it down can fail."""
    return (
        isinstance(raw, int | float)
        and not isinstance(raw, bool)
        and (isinstance(raw, int) or math.isfinite(raw))
        and abs(raw) <= LARGEST_NUMBER
    )


def _read_text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str):
        raise Misunderstood(f"Svaret på ”{field.label}” ska vara text.")
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(_is_unprintable(character) for character in text):
        raise Misunderstood(f"Texten i ”{field.label}” innehåller tecken som inte går att spara.")
    if field.kind is Kind.TEXT and "\n" in text:
        raise Misunderstood(f"”{field.label}” får bara ha en rad.")
    if len(text) > field.max_length:
        raise Misunderstood(f"”{field.label}” får ha högst {field.max_length} tecken, nu är det {len(text)}.")
    if len(text) < field.min_length:
        raise Misunderstood(f"”{field.label}” ska ha minst {field.min_length} tecken.")
    if field.pattern and not re.fullmatch(field.pattern, text):
        raise Misunderstood(f"”{field.label}” har inte rätt form. {field.help}".strip())
    return text


_TURNS_THE_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that make what follows be shown in another order than it is written."""


def _is_unprintable(character: str) -> bool:
    """What no database or letter can hold (control characters, halves of characters), or what shows a text wrongly."""
    if character in _TURNS_THE_TEXT:
        return True
    return character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs")


def _read_choice(field: Field, raw: Any) -> str | int:
    for option in field.options:
        if type(raw) is type(option.value) and raw == option.value:
            return option.value
    raise Misunderstood(f"Välj ett av alternativen under ”{field.label}”.")


def _read_choices(field: Field, raw: Any) -> list[str | int]:
    if not isinstance(raw, list):
        raise Misunderstood(f"Svaret på ”{field.label}” ska vara en lista av alternativ.")
    chosen = {_read_choice(field, each) for each in raw}
    return [option.value for option in field.options if option.value in chosen]


def _read_yes_no(field: Field, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise Misunderstood(f"Svara ja eller nej på ”{field.label}”.")
    if field.must_be_yes and not raw:
        raise Misunderstood(f"”{field.label}” måste vara uppfyllt för att gå vidare.")
    return raw


def _read_whole_number(field: Field, raw: Any) -> int:
    if not isinstance(raw, int) or not _is_number(raw):
        raise Misunderstood(f"Skriv ett heltal under ”{field.label}”.")
    _within_bounds(field, Decimal(raw))
    return raw


def _read_number(field: Field, raw: Any) -> int | float:
    if not _is_number(raw):
        raise Misunderstood(f"Skriv ett tal under ”{field.label}”.")
    _within_bounds(field, Decimal(str(raw)))
    return raw  # type: ignore[no-any-return]  # narrowed to a number by the line above


def _read_money(field: Field, raw: Any) -> str:
    text = str(raw) if _is_number(raw) else raw
    bare = _SPACES.sub("", text).removesuffix("kr") if isinstance(text, str) else ""
    if not _AMOUNT.fullmatch(bare):
        raise Misunderstood(f"Skriv ett belopp i kronor under ”{field.label}”, till exempel 9 450,00.")
    amount = Decimal(bare.replace(",", "."))
    if amount < 0 and field.minimum is None:
        raise Misunderstood(f"Beloppet under ”{field.label}” kan inte vara mindre än noll.")
    _within_bounds(field, amount)
    return f"{abs(amount) if amount == 0 else amount:.2f}"


def _within_bounds(field: Field, number: Decimal) -> None:
    if field.minimum is not None and number < field.minimum:
        raise Misunderstood(f"”{field.label}” ska vara minst {_swedish(field.minimum)}.")
    if field.maximum is not None and number > field.maximum:
        raise Misunderstood(f"”{field.label}” ska vara högst {_swedish(field.maximum)}.")
    if abs(number) > LARGEST_NUMBER:
        raise Misunderstood(f"Talet under ”{field.label}” är för stort.")


def _swedish(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def _read_date(field: Field, raw: Any) -> str:
    found = _DATE.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if not found:
        raise Misunderstood(f"Skriv datumet under ”{field.label}” som ÅÅÅÅ-MM-DD, till exempel 2026-03-09.")
    return _day(field, found[0]).isoformat()


def _day(field: Field, text: str) -> date:
    year, month, day = (int(part) for part in text.split("-"))
    try:
        found = date(year, month, day)
    except ValueError:
        raise Misunderstood(f"Datumet {text} under ”{field.label}” finns inte i almanackan.") from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Misunderstood(f"Året under ”{field.label}” ska ligga mellan {EARLIEST_YEAR} och {LATEST_YEAR}.")
    return found


def _read_date_time(field: Field, raw: Any) -> str:
    text = raw.strip() if isinstance(raw, str) else ""
    if _INSTANT.fullmatch(text):
        _day(field, text[:10])
        try:
            return datetime.fromisoformat(text).astimezone(UTC).isoformat()
        except (ValueError, OverflowError):
            raise Misunderstood(f"Tiden {text} under ”{field.label}” finns inte.") from None
    found = _LOCAL_TIME.fullmatch(text)
    if not found:
        raise Misunderstood(
            f"Skriv datum och klockslag under ”{field.label}” som ÅÅÅÅ-MM-DD TT:MM, till exempel 2026-03-09 14:05."
        )
    day, hour, minute, second = _day(field, found[1]), int(found[2]), int(found[3]), int(found[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Misunderstood(f"Klockslaget {found[2]}:{found[3]} under ”{field.label}” finns inte.")
    return _instant(field, datetime.combine(day, time(hour, minute, second))).isoformat()


def _instant(field: Field, wall_clock: datetime) -> datetime:
    """The instant at which Swedish clocks show this; of the hour that comes twice in October, the first."""
    instant = wall_clock.replace(tzinfo=STOCKHOLM).astimezone(UTC)
    if instant.astimezone(STOCKHOLM).replace(tzinfo=None) != wall_clock:
        raise Misunderstood(
            f"Klockan {wall_clock:%H:%M} den {wall_clock:%Y-%m-%d} under ”{field.label}” finns inte: "
            "klockan ställs fram till sommartid."
        )
    return instant


def _read_personal_number(field: Field, raw: Any) -> str:
    """The number as it is kept; nothing where somebody says that it is not known (a number is never forced)."""
    if isinstance(raw, str) and raw.strip().casefold() in UNKNOWN:
        return ""
    found = _PERSONAL_NUMBER.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if not found:
        raise Misunderstood(f"Skriv numret under ”{field.label}” som ÅÅÅÅMMDD-NNNN, eller okänt.")
    year, month, day, last_four = found.groups()
    coordination_shift = 60 if int(day) > 60 else 0
    _day(field, f"{year}-{month}-{int(day) - coordination_shift:02d}")
    if not _check_digit_fits(year[2:] + month + day + last_four):
        raise Misunderstood(f"Numret under ”{field.label}” stämmer inte: kontrollsiffran är fel.")
    return f"{year}{month}{day}-{last_four}"


def _check_digit_fits(ten_digits: str) -> bool:
    """The modulus-10 check of Swedish identity numbers (SFS 1991:481 s. 18, as explained by Skatteverket)."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(ten_digits))
    return sum(product - 9 if product > 9 else product for product in doubled) % 10 == 0


_READERS: dict[Kind, Callable[[Field, Any], Any]] = {
    Kind.TEXT: _read_text,
    Kind.LONG_TEXT: _read_text,
    Kind.CHOICE: _read_choice,
    Kind.CHOICES: _read_choices,
    Kind.YES_NO: _read_yes_no,
    Kind.TICK: _read_yes_no,
    Kind.WHOLE_NUMBER: _read_whole_number,
    Kind.NUMBER: _read_number,
    Kind.MONEY: _read_money,
    Kind.DATE: _read_date,
    Kind.DATE_TIME: _read_date_time,
    Kind.PERSONAL_NUMBER: _read_personal_number,
    Kind.REFERENCE: _read_choice,
    Kind.REFERENCES: _read_choices,
}
