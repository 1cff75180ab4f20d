"""Another system as the tests play it: it has a key of its own and calls the interface with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from processes.actions.api_keys import approve_key, create_key
from processes.clock import swedish_day
from processes.queries.people import get_caseworker_named
from processes.rules.connections import SYSTEM_KINDS
from tests.app.conftest import Site


@dataclass
class System:
    """A system with a key."""

    site: Site
    secret: str
    key_id: int

    def get(self, path: str, **more: Any) -> Any:
        """What is answered: a TestResponse, into whose JSON the tests look freely."""
        return self._call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        """As `get`."""
        return self._call("POST", path, json=body, **more)

    def _call(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> TestResponse:
        own = {"Authorization": f"Bearer {self.secret}"}
        return self.site.app.test_client().open(
            f"/api/v1{path}", method=method, headers=own | (headers or {}), **more
        )


def connect(
    site: Site,
    kind: str = "internal",
    *,
    scopes: set[str] | None = None,
    acts_as: str = "siv",
    is_approved: bool = True,
    by_force: bool = False,
    days: int = 30,
    name: str = "Provsystemet",
) -> System:
    """A system of this kind with a key that works, in the administration of `acts_as`."""
    with site.runtime.transaction() as work:
        person = get_caseworker_named(work.session, acts_as)
        key, secret = create_key(
            work,
            name=name,
            kind=kind,
            administration=person.administration_key,
            scopes=scopes or SYSTEM_KINDS[kind].scopes,
            expires_on=swedish_day(work.now) + timedelta(days=days),
            landlord_name="Exempelbo AB" if kind == "landlord" else "",
            acts_as=person if kind == "internal" else None,
        )
        if by_force:
            key.approved_at = work.now
        elif kind == "internal" and is_approved:
            approve_key(work, key_id=key.id, caseworker=person)
        return System(site, secret, key.id)


def notice_body() -> dict[str, Any]:
    """What a landlord's system says of unpaid rent."""
    return {
        "posted_on": "2026-02-27",
        "posted_registered": True,
        "amount_due": "9450.00",
        "address": "Provgatan 1",
        "apartment": "1101",
        "contract_kind": "first_hand",
        "persons": [{"name": "F-01 Påhittad", "role": "contract_holder"}],
    }


def ask_with_a_key(site: Site, who: str) -> FlaskClient:
    """A system in the name of somebody of the cast, as if the person could always agree to it."""
    return _client(connect(site, acts_as=who, by_force=True))


def ask_as_a_landlord(site: Site, who: str) -> FlaskClient:
    """A landlord's system that is connected to the administration of somebody of the cast."""
    return _client(connect(site, "landlord", acts_as=who))


def _client(system: System) -> FlaskClient:
    client = system.site.app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {system.secret}"
    return client
