"""Lets another system in by its key, within what the key is for and as often as is reasonable; never by a cookie."""

from __future__ import annotations

from math import ceil

from flask import Flask, g, request
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from app.api.bodies import LARGEST_BODY
from app.reads import state_purpose
from app.request_limits import Brake
from app.web import Reader, is_call, needs_key, running_system
from processes.actions.api_keys import mark_used, recognise
from processes.clock import swedish_day
from processes.errors import KeyRefused, ScopeMissing
from processes.models import ApiKey
from processes.unit_of_work import UnitOfWork


def put_before(app: Flask, calls_per_minute: int) -> None:
    """Ask every call for its key, before anything else looks at it."""
    brake = Brake(calls_per_minute)

    def let_in() -> None:
        if not is_call():
            return
        _hold_back(brake, f"address {request.remote_addr}" if not needs_key() else "")
        if not needs_key():
            return
        try:
            _recognise()
        except KeyRefused:
            _hold_back(brake, f"guesses from {request.remote_addr}")
            raise
        _hold_back(brake, f"key {g.api_key_id}")
        if (request.content_length or 0) > LARGEST_BODY:
            raise RequestEntityTooLarge

    app.before_request(let_in)


def _hold_back(brake: Brake, caller: str) -> None:
    seconds = brake.wait(caller) if caller else 0.0
    if seconds:
        raise TooManyRequests(retry_after=ceil(seconds))


def _recognise() -> None:
    """Note whose key it is. Raises KeyRefused."""
    system = running_system()
    with system.reading() as work:
        key = recognise(work, _secret())
        g.api_key_id = key.id
        g.reader = Reader.of(key.caseworker)
        is_first_today = key.last_used_on != swedish_day(work.now)
        state_purpose(f"Systemnyckel {key.prefix}: {key.name}")
    if is_first_today:
        with system.transaction() as work:
            mark_used(work, key=work.session.get_one(ApiKey, g.api_key_id))


def _secret() -> str:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise KeyRefused("There is no key in the request.")
    return secret.strip()


def the_key(work: UnitOfWork, scope: str) -> ApiKey:
    """The key of this request as it stands in this transaction. Raises KeyRefused, or ScopeMissing."""
    key = recognise(work, _secret())
    if scope not in key.scopes:
        raise ScopeMissing(scope)
    return key
