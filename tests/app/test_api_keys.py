"""Who keeps the system makes keys and gets into no case with one; a person lends the own name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from processes.models import ApiKey, Caseworker
from tests.app.calling import System, notice_body
from tests.app.conftest import Browser, Site

LANDLORD = {
    "name": "Fastighetssystemet",
    "kind": "landlord",
    "landlord_name": "Exempelbo AB",
    "expires_on": "2026-12-31",
}
SECRET = re.compile(r"<code>(kvb_[0-9a-f]{8}_[\w-]+)</code>")


@pytest.fixture
def stig(site: Site) -> Browser:
    """Who keeps the system."""
    return site.browser("stig")


def secret_on(answer: TestResponse) -> str:
    assert answer.status_code == 200, answer.text
    found = SECRET.search(answer.text)
    assert found
    return found[1]


def internal(
    site: Site, who: str = "Siv Samuelsson", scopes: tuple[str, ...] = ("tasks:read",)
) -> dict[str, Any]:
    return {
        "name": "Roboten",
        "kind": "internal",
        "acts_as": site.people()[who],
        "scopes": list(scopes),
        "expires_on": "2026-12-31",
    }


def keys(site: Site) -> list[ApiKey]:
    with site.runtime.reading() as work:
        found = list(work.session.scalars(select(ApiKey).order_by(ApiKey.id)))
        work.session.expunge_all()
        return found


def test_a_key_is_shown_once_and_works(site: Site, stig: Browser):
    secret = secret_on(stig.post("/systemnycklar", **LANDLORD))
    assert System(site, secret, 1).post("/notices/A", notice_body()).status_code == 201
    page = stig.page("/systemnycklar")
    assert secret[:12] in page
    assert secret not in page
    assert "Exempelbo AB" in page


def test_a_system_from_outside_gets_no_more_than_handing_in_whatever_is_ticked(site: Site, stig: Browser):
    stig.post("/systemnycklar", **LANDLORD, scopes=["cases:read", "tasks:write"])
    [key] = keys(site)
    assert key.scopes == ["notices:write"]


def test_who_keeps_the_system_gets_into_no_case_with_a_key_of_the_own_making(site: Site, stig: Browser):
    case_id = site.register()
    secret = secret_on(stig.post("/systemnycklar", **internal(site, "Maria Ek", ("cases:read",))))
    assert System(site, secret, 1).get(f"/cases/{case_id}").status_code == 401
    assert stig.post("/systemnycklar/1/godkann").status_code == 403
    assert System(site, secret, 1).get(f"/cases/{case_id}").status_code == 401
    refused = stig.post("/systemnycklar", **internal(site, "Stig Wall", ("cases:read",)))
    secret = secret_on(refused)
    assert stig.post("/systemnycklar/2/godkann").status_code == 403
    assert System(site, secret, 2).get(f"/cases/{case_id}").status_code == 401


def test_the_person_approves_the_key_and_can_take_the_name_back(site: Site, stig: Browser):
    secret = secret_on(stig.post("/systemnycklar", **internal(site)))
    siv = site.browser("siv")
    assert "Roboten" in siv.page("/systemnycklar/mina")
    assert site.browser("maria").post("/systemnycklar/1/godkann").status_code == 404
    siv.post("/systemnycklar/1/godkann")
    system = System(site, secret, 1)
    assert system.get("/tasks").status_code == 200
    siv.post("/systemnycklar/1/aterkalla")
    assert system.get("/tasks").status_code == 401
    assert siv.post("/systemnycklar/1/godkann").status_code == 404


def test_who_keeps_the_system_revokes_a_key(site: Site, stig: Browser):
    secret = secret_on(stig.post("/systemnycklar", **LANDLORD))
    assert stig.post("/systemnycklar/1/aterkalla").status_code == 302
    assert System(site, secret, 1).get("/receipts").status_code == 401
    assert "Återkallad" in stig.page("/systemnycklar")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"kind": "robot"}, "kind"),
        ({"landlord_name": ""}, "landlord_name"),
        ({"kind": "kfm"}, "landlord_name"),
        ({"expires_on": "2026-03-01"}, "expires_on"),
        ({"expires_on": "2028-03-02"}, "expires_on"),
        ({"expires_on": "i morgon"}, "expires_on"),
        ({"kind": "internal", "landlord_name": "", "scopes": ["tasks:read"]}, "acts_as"),
        ({"kind": "internal", "landlord_name": "", "acts_as": "1"}, "scopes"),
    ],
)
def test_what_is_filled_in_wrongly_is_told_beside_its_field(
    site: Site, stig: Browser, change: dict[str, Any], field: str
):
    answer = stig.post("/systemnycklar", **{**LANDLORD, **change})
    assert answer.status_code == 400
    assert f'id="{field}-p"' in answer.text
    assert keys(site) == []


def test_a_new_key_for_the_same_system_finds_what_the_old_one_handed_in(site: Site, stig: Browser):
    old, new = (secret_on(stig.post("/systemnycklar", **LANDLORD)) for _ in range(2))
    reference = System(site, old, 1).post("/notices/A", notice_body()).json["reference"]
    assert System(site, new, 2).get(f"/receipts/{reference}").status_code == 200


def test_the_account_of_a_system_is_nobodys_colleague_and_has_no_right(site: Site, stig: Browser):
    stig.post("/systemnycklar", **LANDLORD)
    [key] = keys(site)
    with site.runtime.reading() as work:
        account = work.session.get_one(Caseworker, key.caseworker_id)
        assert account.is_system
        assert not account.roles
        assert not account.password_hash
    assert "Fastighetssystemet" not in site.visitor().page("/logga-in")
    assert "Fastighetssystemet" not in site.browser("siv").page("/franvaro")
    assert "Fastighetssystemet" not in site.people()


def test_the_day_on_which_a_key_was_last_used_is_kept(site: Site, stig: Browser):
    secret = secret_on(stig.post("/systemnycklar", **LANDLORD))
    assert keys(site)[0].last_used_on is None
    System(site, secret, 1).get("/receipts")
    assert str(keys(site)[0].last_used_on) == "2026-03-02"


def test_the_secret_is_kept_nowhere(site: Site, stig: Browser):
    secret = secret_on(stig.post("/systemnycklar", **LANDLORD))
    [key] = keys(site)
    kept = " ".join(str(value) for value in vars(key).values())
    assert secret[13:] not in kept


def test_another_administrations_keys_are_not_shown(site: Site, stig: Browser):
    stig.post("/systemnycklar", **LANDLORD)
    with site.runtime.transaction() as work:
        work.session.scalars(select(ApiKey)).one().administration_key = "sydvast"
    assert "Fastighetssystemet" not in stig.page("/systemnycklar")
    assert stig.post("/systemnycklar/1/aterkalla").status_code == 404
