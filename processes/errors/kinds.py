"""The kinds of refusal; pages and operations answer each kind in one way."""

from __future__ import annotations


class Refusal(Exception):
    """A request that cannot be carried out as things stand.

    What `str` gives stands in logs and names nobody that a case is about; `in_full` is for the person who asked.
    """

    @property
    def in_full(self) -> str:
        """Everything that there is to say, names of people among it."""
        return str(self)


class NotFound(Refusal):
    """No such thing, or not for this person to know of."""


class NotAllowed(Refusal):
    """The person may not do this."""


class Conflict(Refusal):
    """Somebody or something else was there first."""


class Invalid(Refusal):
    """What was given cannot be understood or is not complete."""
