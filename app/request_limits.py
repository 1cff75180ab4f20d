"""Holds back requests that no page of ours sends: odd signs, thousands of fields, and too many in too short a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil
from threading import Lock

from flask import Flask, g, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, TooManyRequests

from app.web import is_call

MOST_FIELDS = 5_000
"""Fields in one posted form; a notice with a hundred persons has about a thousand."""
LARGEST_TEXT = 500_000
"""Bytes that the fields of one posted form may take together."""
MOST_REMEMBERED = 10_000
"""Callers that a brake remembers at a time."""
SEARCHED_BY = "sok"
"""The name of the field in which every search of ours is typed."""

Seconds = Callable[[], float]


class Brake:
    """Lets each caller do so much a minute, at most a minute's worth at once; kept in the memory of one process."""

    def __init__(self, per_minute: int, seconds: Seconds = time.monotonic) -> None:
        self._most = float(per_minute)
        self._per_second = per_minute / 60
        self._seconds = seconds
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def wait(self, caller: str) -> float:
        """Seconds to wait before the next try; 0 when the caller may go on, which is counted."""
        now = self._seconds()
        with self._lock:
            left = self._left_now(caller, now)
            if left < 1:
                return (1 - left) / self._per_second
            self._left[caller] = (left - 1, now)
            if len(self._left) > MOST_REMEMBERED:
                self._forget(now)
            return 0.0

    def _left_now(self, caller: str, now: float) -> float:
        left, then = self._left.get(caller, (self._most, now))
        return min(self._most, left + (now - then) * self._per_second)

    def _forget(self, now: float) -> None:
        """Those who have everything left are as good as unknown; else the older half goes."""
        full = [caller for caller in self._left if self._left_now(caller, now) >= self._most]
        for caller in full or list(self._left)[: MOST_REMEMBERED // 2]:
            del self._left[caller]


def refuse_odd_requests(app: Flask) -> None:
    """Look at every request before anything else reads it."""
    app.before_request(_refuse_odd_signs)


def slow_down(app: Flask, per_minute: int) -> None:
    """Brake posts and searches: per person who is signed in, else per address that they come from.

    An office shares one address, so that a person who is signed in is never held back by colleagues.
    """
    brake = Brake(per_minute)

    def hold_back() -> None:
        if is_call():  # held back by its key (app/api/guard.py)
            return
        if request.method in ("GET", "HEAD") and SEARCHED_BY not in request.args:
            return
        seconds = brake.wait(_caller())
        if seconds:
            raise TooManyRequests(retry_after=ceil(seconds))

    app.before_request(hold_back)


def _caller() -> str:
    reader = g.get("reader")
    return f"person {reader.id}" if reader is not None else f"address {request.remote_addr}"


def _refuse_odd_signs() -> None:
    """Raises BadRequest for a zero byte, which no database can search for, and RequestEntityTooLarge for too much."""
    if request.mimetype != "multipart/form-data" and (request.content_length or 0) > LARGEST_TEXT:
        raise RequestEntityTooLarge  # Flask itself bounds the texts of multipart forms only
    typed = [*request.args.items(multi=True), *request.form.items(multi=True)]
    if len(typed) > MOST_FIELDS:
        raise RequestEntityTooLarge
    if any("\0" in name or "\0" in text for name, text in [*typed, (request.path, "")]):
        raise BadRequest
