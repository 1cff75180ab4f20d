"""Who is signed in where, how often somebody guessed wrong, and what besides a password proves who a person is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker


class SignInSession(Base):
    """One browser in which a person is signed in (sv. inloggning); the row stays when the session has ended."""

    __tablename__ = "sign_in_sessions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    """What the browser holds is random and only it has it; this is its SHA-256."""
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"), index=True)
    means: Mapped[str]
    """password, demo or provider."""
    device: Mapped[str] = mapped_column(default="")
    """What the browser called itself."""
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    checked_at: Mapped[datetime]
    """When the identity provider was last asked whether the person still has access."""
    sealed_token: Mapped[str] = mapped_column(default="")
    """What the provider wants to see when it is asked again, sealed with the installation's key."""
    sealed_proof: Mapped[str] = mapped_column(default="", server_default="")
    """The provider's id_token, sealed: shown to it again when the person signs out there too."""
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(default="")
    """signed_out, everywhere, password, deactivated, idle, too_old, provider or renewed."""

    caseworker: Mapped[Caseworker] = relationship(lazy="joined")


class SignInBrake(Base):
    """How often somebody has given a wrong password in a row (sv. inloggningsspärr), for a name, an address or both.

    The key is a hash: what is typed as a name may be somebody's password.
    """

    __tablename__ = "sign_in_brakes"

    key: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    last_at: Mapped[datetime]
    until: Mapped[datetime | None]
    """No try counts before this instant."""


class RefusedSignIn(Base):
    """Somebody was not let in (sv. nekad inloggning): when, from where, why, and whose account it was about.

    What was typed as a name is kept nowhere: it may be somebody's password. A name that exists is kept as the account
    that it names. The database refuses to change or remove a row (migrations/append_only.py).
    """

    __tablename__ = "refused_sign_ins"
    __table_args__ = (Index("ix_refused_sign_ins_newest", "administration_key", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    caseworker_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    administration_key: Mapped[str] = mapped_column(default="")
    """Of the account; empty when there is none with that name."""
    means: Mapped[str]
    """password, code, current_password or provider."""
    why: Mapped[str]
    """wrong, braked, deactivated, unknown, no_access, name_taken or not_trusted."""
    address: Mapped[str]
    """From where it was tried."""

    caseworker: Mapped[Caseworker | None] = relationship()


class SecondFactor(Base):
    """A person's one-time codes (sv. engångskoder), after RFC 6238, and codes for when the telephone is lost."""

    __tablename__ = "second_factors"

    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"), primary_key=True)
    sealed_secret: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    """When the first code was right; until then sign-in does not ask for one."""
    last_step: Mapped[int] = mapped_column(BigId, default=0)
    """The half minute of the last code that was used; neither it nor an earlier one counts again."""
    recovery_hashes: Mapped[list[str]]
    """SHA-256 of the recovery codes that are left."""


class ProviderIdentity(Base):
    """Who a person is at the municipality's identity provider (sv. kommunens inloggning)."""

    __tablename__ = "provider_identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
