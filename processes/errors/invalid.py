"""What was sent cannot be read or accepted; it says what to do instead."""

from __future__ import annotations

from processes.errors.kinds import Invalid, Refusal


class PasswordRefused(Invalid):
    """The password may not be used; `why` says it in Swedish."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AnswersRefused(Invalid):
    """A form was filled in wrongly; `problems` says what is wrong with which field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(f"Wrongly filled in: {', '.join(problems)}.")
        self.problems = problems

    @property
    def in_full(self) -> str:
        """Field by field what is wrong."""
        return "; ".join(f"{field}: {what}" for field, what in self.problems.items())


class TokenUsedForAnother(Invalid):
    """The name of the request (Idempotency-Key) stands for another request already."""


class UploadRefused(Invalid):
    """A file that somebody sent cannot be taken; `why` says it in Swedish."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ListRefused(Invalid):
    """A list of notices cannot be read as one; `sentence` says why in Swedish, with `facts` to put into it."""

    def __init__(self, sentence: str, **facts: str | int) -> None:
        super().__init__(sentence.format(**facts))
        self.sentence = sentence
        self.facts = facts


class RowRefused(Invalid):
    """A row of a list could not be registered, and so none was; `cause` is the refusal that it met."""

    def __init__(self, number: int, cause: Refusal) -> None:
        super().__init__(f"Row {number} could not be registered.")
        self.number = number
        self.cause = cause


class DiagramRefused(Invalid):
    """A diagram cannot be used; the message lists what is wrong with it."""


class ExpressionRefused(Invalid):
    """An expression in a diagram is not of the small language that diagrams may use."""


class SettingRefused(Invalid):
    """An environment variable has a value that cannot be used."""


class BackupRefused(Invalid):
    """A backup cannot be made, read or put back; the sentence says what to do instead."""
