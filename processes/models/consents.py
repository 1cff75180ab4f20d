"""What opens or has passed the wall of secrecy: consents, contact attempts and disclosures."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from processes.models.base import Base, BigId


class Consent(Base):
    """A consent (sv. samtycke): one giver waives secrecy towards one recipient for stated purposes (OSL 12:2)."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    recipient: Mapped[str]
    recipient_name: Mapped[str] = mapped_column(default="")
    purposes: Mapped[list[str]] = mapped_column(JSON)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    direction: Mapped[str]
    form: Mapped[str]
    given_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    informed_voluntary: Mapped[bool]
    informed_how_to_revoke: Mapped[bool]
    interpreter: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))


class ContactAttempt(Base):
    """An attempt to reach somebody (sv. kontaktförsök), by whatever channel and with whatever result."""

    __tablename__ = "contact_attempts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    channel: Mapped[str]
    outcome: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))


class Disclosure(Base):
    """Something told to an outsider (sv. utlämnad uppgift), with the consent or the legal ground that allowed it."""

    __tablename__ = "disclosures"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    recipient: Mapped[str]
    recipient_name: Mapped[str] = mapped_column(default="")
    contents: Mapped[list[str]] = mapped_column(JSON)
    ground: Mapped[str]
    channel: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
