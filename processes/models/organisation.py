"""Who works here: administrations, their caseworkers, and the units that each belongs to."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.rules.units import Role, Unit


class Administration(Base):
    """An administration with its own board (sv. socialförvaltning): an authority of its own towards the others."""

    __tablename__ = "administrations"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class Caseworker(Base):
    """A member of staff (sv. handläggare) who can sign in, with units and roles."""

    __tablename__ = "caseworkers"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    """The mailbox at work that reminders go to (rules/mail.py); empty = none."""
    password_hash: Mapped[str] = mapped_column(default="")
    password_is_temporary: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Somebody else knows the password; the person must choose another before anything else."""
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"))
    has_child_degree: Mapped[bool] = mapped_column(default=False)
    """Has the degree that assessing a child's situation requires (SoL 25:1)."""
    may_decide_commitments: Mapped[bool] = mapped_column(default=False)
    """Has the board's delegation to assume payment liability (JB 12:44)."""
    is_active: Mapped[bool] = mapped_column(default=True)
    is_system: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """The account of a connected system and no person: it has no role and is never offered as a colleague."""
    id_number: Mapped[str] = mapped_column(default="", server_default="")
    """Personnummer, where the employer lets it be kept: finds who reads a case of their own (queries/read_patterns)."""
    home_address: Mapped[str] = mapped_column(default="", server_default="")
    """Street and number, likewise kept only by choice: finds who reads a neighbour's case."""

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="caseworker", lazy="selectin", cascade="all, delete-orphan"
    )
    administration: Mapped[Administration] = relationship(lazy="joined")

    @property
    def units(self) -> frozenset[Unit]:
        """The units whose tasks the person sees."""
        return frozenset(Unit(m.unit) for m in self.memberships if m.unit)

    @property
    def roles(self) -> frozenset[Role]:
        """What the person may do besides unit work."""
        return frozenset(Role(m.role) for m in self.memberships)


class Membership(Base):
    """One role of a caseworker, in one unit or in none (sv. behörighet)."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("caseworker_id", "unit", "role"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"), index=True)
    unit: Mapped[str | None]
    role: Mapped[str]

    caseworker: Mapped[Caseworker] = relationship(back_populates="memberships")
