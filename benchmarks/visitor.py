"""Somebody in front of the pages: signs in, opens a task and posts its form as a browser does, on one kept line."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, RemoteDisconnected
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from lxml import html

from benchmarks.figures import MeasureFailed

Fields = list[tuple[str, str]]


class Refused(MeasureFailed):
    """A page was not there or a form was not taken: the measure would tell of something else than work."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took from the first byte sent to the last one received."""

    status: int
    text: str
    seconds: float


Wire = Callable[[str, str, Fields | None], Answer]
"""Carries method, path and fields to the pages."""


class KeptLine:
    """One connection to a web server that is kept open, with the cookies that it was given."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def __call__(self, method: str, path: str, fields: Fields | None) -> Answer:
        body = None if fields is None else urlencode(fields)
        try:
            return self._send(method, path, body)
        except (RemoteDisconnected, ConnectionError) as gone:
            if method != "GET":
                raise Refused(f"{path} was not answered") from gone
            self._connection.close()  # the server hangs up on who has been silent for long; a browser calls again
            return self._send(method, path, body)

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - started
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return Answer(answer.status, content.decode(), seconds)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class InsideLine:
    """The application called in this process, where its statements can be counted."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()

    def __call__(self, method: str, path: str, fields: Fields | None) -> Answer:
        started = time.perf_counter()
        body = None if fields is None else urlencode(fields)
        kind = "application/x-www-form-urlencoded" if fields is not None else None
        answer = self._client.open(path, method=method, data=body, content_type=kind)
        return Answer(answer.status_code, answer.text, time.perf_counter() - started)


@dataclass
class Visitor:
    """Somebody who is signed in."""

    wire: Wire
    seconds: dict[str, list[float]] = field(default_factory=dict)
    """How long each kind of request took: open, claim, complete."""

    def sign_in(self, username: str, password: str) -> Visitor:
        """Sign in with name and password. Raises Refused."""
        self.submit("/logga-in", "/logga-in", {"username": username, "password": password})
        return self

    def submit(self, path: str, action: str, answers: Mapping[str, Any]) -> None:
        """Fill in the form on this page that leads to `action`, and send it. Raises Refused."""
        fields = _form(self.page(path), action, answers)
        _must_be(302, self.wire("POST", action, fields), action)

    def page(self, path: str) -> str:
        """The text of a page that must be there."""
        return _must_be(200, self.wire("GET", path, None), path).text

    def prepare(self, task_id: int, answers: Mapping[str, Any]) -> Fields:
        """Open the task, claim it, and fill in its form: what a browser would send now."""
        path = f"/uppgifter/{task_id}"
        offered = _must_be(200, self.wire("GET", path, None), path)
        claimed = self.wire("POST", f"{path}/ta", _form(offered.text, f"{path}/ta", {}))
        _must_be(302, claimed, f"{path}/ta")
        opened = _must_be(200, self.wire("GET", path, None), path)
        self.seconds.setdefault("claim", []).append(claimed.seconds)
        self.seconds.setdefault("open", []).append(opened.seconds)
        return _form(opened.text, path, answers)

    def complete(self, task_id: int, fields: Fields) -> float:
        """Post the form; answers how long it took. Raises Refused when it is not taken."""
        path = f"/uppgifter/{task_id}"
        answer = _must_be(302, self.wire("POST", path, fields), path)
        self.seconds.setdefault("complete", []).append(answer.seconds)
        return answer.seconds


def _must_be(status: int, answer: Answer, path: str) -> Answer:
    if answer.status != status:
        problems: Any = html.fromstring(answer.text or "<p/>").xpath("//*[@class='problem' or @id='fel']")
        said = " ".join(one.text_content() for one in problems)
        raise Refused(f"{path} answered {answer.status} instead of {status}: {said or answer.text[:300]}")
    return answer


def _form(page: str, action: str, answers: Mapping[str, Any]) -> Fields:
    """The fields of the page's form, with what stands in them and the answers instead."""
    read: Any = html.fromstring(page)
    forms = [form for form in read.forms if form.get("method") == "post"]
    [form] = [form for form in forms if form.get("action", action).partition("?")[0] == action][:1]
    there: Sequence[tuple[str, str]] = [(name, str(value)) for name, value in form.form_values()]
    said = [pair for name, value in answers.items() for pair in typed(name, value)]
    own = [(name, value) for name, value in there if name.partition("-")[0] not in answers]
    return own + said


def typed(name: str, value: Any) -> Fields:
    """What a browser sends of an answer; each cell of a row is a field of its own, `consents-0-giver`."""
    if isinstance(value, bool):
        return [(name, "true" if value else "false")]
    if isinstance(value, Mapping):
        return [pair for part, one in value.items() for pair in typed(f"{name}-{part}", one)]
    if isinstance(value, list | tuple):
        is_rows = any(isinstance(one, Mapping) for one in value)
        places = [f"{name}-{number}" if is_rows else name for number in range(len(value))]
        return [pair for place, one in zip(places, value, strict=True) for pair in typed(place, one)]
    return [] if value is None else [(name, str(value))]
