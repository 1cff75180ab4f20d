"""What the engine asks of the world around it: the facts of the case, and the carrying out of operations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol

from processes.engine.failures import AnswerRefused
from processes.engine.operators import Scalar, Value

__all__ = ["Scalar", "Value", "World", "as_instant", "checked_answers"]

LONGEST_ANSWER = 2_000
"""Characters in one answer; longer texts belong to the case, not to the state of the diagram."""


class World(Protocol):
    """The case as a diagram meets it."""

    def fact(self, name: str, at: datetime) -> Value:
        """The value of the fact at the instant; raises KeyError(name) if there is no such fact."""
        ...

    def operate(self, name: str, parameters: Mapping[str, Value], at: datetime) -> Mapping[str, Value]:
        """Carry out the operation of a service task; what it returns becomes answers of the running process."""
        ...


def checked_answers(answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers, if each is a plain value under a plain name; raises AnswerRefused.

    `typename` is refused because SpiffWorkflow's own formats give the word a meaning of its own.
    """
    checked: dict[str, Value] = {}
    for name, value in answers.items():
        if not (name.isidentifier() and name.isascii()) or name.startswith("_"):
            raise AnswerRefused(f"{name!r} cannot be the name of an answer")
        if name == "typename":
            raise AnswerRefused("an answer cannot be named typename")
        checked[name] = _checked(name, value)
    return checked


def _checked(name: str, value: Value) -> Value:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= 10**15:
        return value
    if isinstance(value, float) and abs(value) <= 10**15:
        return value
    if isinstance(value, str) and len(value) <= LONGEST_ANSWER:
        return value
    if isinstance(value, tuple | list) and len(value) <= 100 and all(_is_member(member) for member in value):
        return tuple(value)
    raise AnswerRefused(f"the answer {name} is not a plain value: {value!r:.80}")


def _is_member(member: object) -> bool:
    return member is None or (isinstance(member, str | int | float) and len(str(member)) <= 200)


def as_instant(value: object) -> datetime:
    """The instant that an ISO 8601 text with an offset means, in UTC; raises ValueError for anything else.

    A text without an offset is refused: SpiffWorkflow would read it in the time zone of the server.
    """
    instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    if instant is None or instant.tzinfo is None:
        raise ValueError(f"{value!r} is not an instant written as text with its offset from UTC")
    return instant.astimezone(UTC)
