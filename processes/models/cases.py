"""The household case and what it is about: the dwelling, the landlord and the persons."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker


class Landlord(Base):
    """Who lets the dwelling (sv. hyresvärd)."""

    __tablename__ = "landlords"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"))
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    registered_mail_address: Mapped[str] = mapped_column(default="")


class Dwelling(Base):
    """The home at risk (sv. bostad)."""

    __tablename__ = "dwellings"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    address: Mapped[str]
    apartment: Mapped[str] = mapped_column(default="")
    address_key: Mapped[str] = mapped_column(index=True)
    """Address and apartment without case and spaces, to find the same home again."""
    rooms: Mapped[str] = mapped_column(default="")
    district: Mapped[str] = mapped_column(default="", server_default="")
    """The part of the city, as it was registered; only for statistics."""
    contract_kind: Mapped[str] = mapped_column(default="unknown")
    landlord_id: Mapped[int | None] = mapped_column(ForeignKey("landlords.id"), index=True)

    landlord: Mapped[Landlord | None] = relationship(lazy="joined")


class Case(Base):
    """A household case (sv. ärende): everything about one dwelling and household, from the first notice."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_administration_open", "administration_key", "closed_at", "id"),
        Index("ix_cases_refreshed", "closed_at", "refreshed_on", "id"),
        Index("ix_cases_opened", "administration_key", "opened_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"))
    dwelling_id: Mapped[int] = mapped_column(ForeignKey("dwellings.id"), index=True)
    phase: Mapped[str] = mapped_column(default="early")
    """early, termination, enforcement or after (handboken 2, figure 1)."""
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"), index=True)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"), index=True)
    refreshed_on: Mapped[date]
    """The Swedish day on which its deadlines, priorities and gates were last worked out."""
    suspended_until: Mapped[datetime | None]
    """Until when the case is suspended (sv. pausat); what the law sets a day for goes on (rules/suspension.py)."""
    suspended_why: Mapped[str] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)

    dwelling: Mapped[Dwelling] = relationship()
    """Fetched when it is asked for: an address tells of people, and lists of cases show none (models/seen.py)."""
    responsible: Mapped[Caseworker | None] = relationship(foreign_keys=[responsible_id])
    substitute: Mapped[Caseworker | None] = relationship(foreign_keys=[substitute_id])
    persons: Mapped[list[Person]] = relationship(back_populates="case", order_by="Person.id")

    __mapper_args__ = {"version_id_col": version}


class Person(Base):
    """A person in a household case (sv. person i hushållet), with roles and protection of their own."""

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    name: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(JSON)
    id_kind: Mapped[str] = mapped_column(default="unknown")
    """personal_number, coordination_number, reserve_number or unknown; never forced."""
    id_number: Mapped[str] = mapped_column(default="", index=True)
    born_on: Mapped[date | None]
    protection: Mapped[str] = mapped_column(default="unknown")
    """none, secrecy_mark, protected_registration or unknown; unknown counts as protected."""
    own_address: Mapped[str] = mapped_column(default="")
    """Where the person is reached if not at the dwelling."""
    language: Mapped[str] = mapped_column(default="")
    needs_interpreter: Mapped[bool] = mapped_column(default=False)
    registered_here: Mapped[bool | None]
    died_on: Mapped[date | None]
    recorded_at: Mapped[datetime]

    case: Mapped[Case] = relationship(back_populates="persons")
