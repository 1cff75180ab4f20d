"""Speaks OpenID Connect with the municipality's identity provider (code flow with PKCE, state and nonce)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from flask import Flask, current_app, g
from werkzeug.wrappers import Response

from app.web import running_system, seal
from processes.actions.provider_people import Claimed, mark_checked, postpone_check, take_access
from processes.actions.sign_in import end_session
from processes.errors import NoAccess, NotSignedIn, ProviderRefused, ProviderSilent
from processes.logs import kinds_of
from processes.queries.sign_in import find_session
from processes.rules.groups import GroupMap, read_group_map
from processes.setting_values import is_safe_address
from processes.settings import Settings

SCOPE = "openid profile"
PATIENCE = 10
"""Seconds to wait for an answer of the provider."""
LEEWAY = 60
"""Seconds that its clock and ours may differ."""
LONGEST_NAME = 100
REFUSALS = (400, 401, 403)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vouched:
    """Somebody whom the provider vouches for."""

    claimed: Claimed
    groups: frozenset[str]
    sealed_token: str
    """What the provider wants to see when it is asked again."""
    sealed_proof: str = ""
    """What it wants to see when the person signs out there too: the id_token."""


class Provider:
    """The identity provider that the settings name."""

    def __init__(self, app: Flask, settings: Settings, groups: GroupMap) -> None:
        self.issuer = str(settings.oidc_issuer)
        self.groups = groups
        from authlib.integrations.flask_client import OAuth  # noqa: PLC0415 -- many have no provider

        self._client = OAuth(app).register(
            "municipality",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            server_metadata_url=f"{self.issuer}/.well-known/openid-configuration",
            update_token=_keep_renewed,
            client_kwargs={
                "scope": SCOPE,
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE,
                "token_endpoint_auth_method": "client_secret_basic"
                if settings.oidc_client_secret
                else "none",
            },
        )

    def send_there(self, come_back_to: str) -> Response:
        """Lead the browser to the provider. Raises ProviderRefused and ProviderSilent."""
        with _troubles_named():
            self._check_issuer()
            return cast(Response, self._client.authorize_redirect(come_back_to))

    def who_came_back(self) -> Vouched:
        """The person whom the browser brings proof of. Raises ProviderRefused and ProviderSilent."""
        with _troubles_named():
            issuer = self._check_issuer()
            token = self._client.authorize_access_token(
                claims_options={
                    "iss": {"essential": True, "value": issuer},
                    "aud": {"essential": True, "value": self._client.client_id},
                },
                leeway=LEEWAY,
            )
            proven = token.pop("userinfo", None)
            if not proven:
                raise ProviderRefused("the answer has no id_token")
            proof = seal().close(str(token.pop("id_token", "")))
            told = self._client.userinfo(token=token)
            if told.get("sub") != proven["sub"]:
                raise ProviderRefused("userinfo is about somebody else than the id_token")
            return replace(self._vouched({**proven, **told}, token), sealed_proof=proof)

    def way_out(self, sealed_proof: str, come_back_to: str) -> str | None:
        """Where the browser signs out at the provider (OpenID Connect RP-Initiated Logout 1.0); None if it cannot.

        A provider that does not answer keeps nobody from signing out here.
        """
        try:
            with _troubles_named():
                place = str(self._client.load_server_metadata().get("end_session_endpoint") or "")
        except (ProviderRefused, ProviderSilent) as trouble:
            log.warning("Nobody is signed out at the identity provider (%s).", kinds_of(trouble))
            return None
        if not is_safe_address(place):
            return None
        told = {
            "id_token_hint": seal().open(sealed_proof) or "",
            "client_id": str(self._client.client_id),
            "post_logout_redirect_uri": come_back_to,
        }
        return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(told)}"

    def ask_about(self, sealed_token: str) -> Vouched:
        """What the provider says today of somebody who is signed in. Raises ProviderRefused and ProviderSilent."""
        opened = seal().open(sealed_token)
        if not opened:
            raise ProviderRefused("there is nothing to ask with")
        token = json.loads(opened)
        with _troubles_named():
            told = self._client.userinfo(token=token)
            return self._vouched(told, g.pop("renewed_token", token))

    def _check_issuer(self) -> str:
        issuer = str(self._client.load_server_metadata().get("issuer", ""))
        if issuer.rstrip("/") != self.issuer:
            raise ProviderRefused(f"the provider calls itself {issuer}")
        return issuer

    def _vouched(self, told: Mapping[str, Any], token: Mapping[str, Any]) -> Vouched:
        names = self.groups.claims
        username, name, groups = (told.get(names[key]) for key in ("username", "name", "groups"))
        if not isinstance(username, str) or not username.strip():
            raise ProviderRefused(f"the claim {names['username']} is missing")
        several = groups if isinstance(groups, list) else [groups]
        claimed = Claimed(
            issuer=self.issuer,
            subject=str(told["sub"]),
            username=username.strip().lower()[:LONGEST_NAME],
            name=(name if isinstance(name, str) and name.strip() else username).strip()[:LONGEST_NAME],
        )
        belongs_to = frozenset(group for group in several if isinstance(group, str))
        return Vouched(claimed, belongs_to, seal().close(json.dumps(dict(token))))


def introduce(app: Flask) -> None:
    """Let the application know the provider, if there is one. Raises SettingRefused for a file that cannot be used."""
    settings = running_settings(app)
    if settings.oidc_issuer is not None and settings.oidc_groups is not None:
        groups = read_group_map(settings.oidc_groups.read_text())
        app.extensions["identity provider"] = Provider(app, settings, groups)


def running_settings(app: Flask) -> Settings:
    """The settings of the system that the application belongs to."""
    return cast(Settings, app.extensions["runtime"].settings)


def the_provider() -> Provider | None:
    """The identity provider; None when only accounts of our own sign in."""
    return cast("Provider | None", current_app.extensions.get("identity provider"))


def is_due(checked_at: datetime, now: datetime) -> bool:
    """Whether it is time to ask the provider again about somebody who is signed in."""
    return now - checked_at >= timedelta(minutes=running_system().settings.oidc_recheck_minutes)


def ask_again(browser_token: str) -> None:
    """Ask about the person of this session and keep what is said. Raises NotSignedIn when access was taken away.

    A provider that does not answer changes nothing until the next time: its outage must not stop the work, and the
    session has an end of its own.
    """
    provider, system = the_provider(), running_system()
    with system.reading() as work:
        found = find_session(work.session, browser_token)
        sealed = found.sealed_token if found is not None else ""
    if provider is None:
        raise NotSignedIn("there is no identity provider any more")
    try:
        vouched = provider.ask_about(sealed)
    except ProviderSilent as silence:
        log.warning("The identity provider does not answer (%s).", kinds_of(silence))
        with system.transaction() as work:
            postpone_check(work, token=browser_token)
        return
    except ProviderRefused as refusal:
        with system.transaction() as work:
            end_session(work, token=browser_token, why="provider")
        raise NotSignedIn("the identity provider no longer vouches for the person") from refusal
    try:
        access = provider.groups.access_of(vouched.groups)
    except NoAccess as refusal:
        with system.transaction() as work:
            take_access(work, issuer=provider.issuer, subject=vouched.claimed.subject)
        raise NotSignedIn("the groups give no access any more") from refusal
    with system.transaction() as work:
        mark_checked(work, token=browser_token, sealed_token=vouched.sealed_token, access=access)


@contextmanager
def _troubles_named() -> Iterator[None]:
    """What the libraries raise, in our words."""
    import requests  # noqa: PLC0415 -- as above: many have no provider
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 -- likewise
    from joserfc.errors import JoseError  # noqa: PLC0415 -- likewise

    try:
        yield
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        kind = ProviderRefused if status in REFUSALS else ProviderSilent
        raise kind(f"the provider answers {status}") from error
    except (AuthlibBaseError, JoseError) as error:
        raise ProviderRefused(str(error)) from error
    except (requests.RequestException, json.JSONDecodeError) as error:
        raise ProviderSilent(str(error)) from error


def _keep_renewed(token: Mapping[str, Any], **_old: Any) -> None:
    g.renewed_token = token
