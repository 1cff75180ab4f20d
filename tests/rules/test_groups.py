"""The file of groups says who may what, and a file that cannot be meant is refused before anybody signs in."""

from __future__ import annotations

import pytest

from processes.errors import NoAccess, SettingRefused
from processes.rules.groups import read_group_map
from processes.rules.units import Role, Unit

FILE = """
[claims]
groups = "roles"
[administrations]
hisingen = "Socialförvaltningen Hisingen"
[[groups]]
group = "V"
administration = "hisingen"
unit = "vuxen"
role = "handlaggare"
[[groups]]
group = "G"
administration = "hisingen"
role = "granskare"
[[groups]]
group = "S"
administration = "hisingen"
may_decide_commitments = true
"""


def test_groups_add_up_to_what_a_person_may():
    access = read_group_map(FILE).access_of(["V", "G", "S", "något annat"])
    assert access.memberships == {(Unit.ADULTS, Role.CASEWORKER), (None, Role.AUDITOR)}
    assert (access.may_decide_commitments, access.has_child_degree) == (True, False)


@pytest.mark.parametrize("groups", [[], ["S"], ["v"], ["något annat"]])
def test_no_role_is_no_access(groups):
    with pytest.raises(NoAccess):
        read_group_map(FILE).access_of(groups)


def test_a_claim_can_have_another_name_at_the_provider():
    claims = read_group_map(FILE).claims
    assert (claims["groups"], claims["name"]) == ("roles", "name")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("[claims]", "[claims"), "is not TOML"),
        (("[claims]", "[clams]"), r"no \[clams\]"),
        (('groups = "roles"', 'grups = "roles"'), "no claim of ours that is called grups"),
        (('group = "V"', 'grupp = "V"'), "group 1: grupp is not known"),
        (('administration = "hisingen"', 'administration = "hising"'), "group 1: administration must be"),
        (('unit = "vuxen"', 'unit = "vuxna"'), "group 1: unit must be one of samordning"),
        (('role = "granskare"', 'role = "gud"'), "group 2: role must be one of"),
        (('role = "granskare"', 'unit = "vuxen"'), "group 2: a unit needs a role"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_the_place(change, sentence):
    with pytest.raises(SettingRefused, match=sentence):
        read_group_map(FILE.replace(change[0], change[1], 1))


def test_a_file_in_which_no_group_gives_a_role_is_refused():
    with pytest.raises(SettingRefused, match="nobody could sign in"):
        read_group_map("[administrations]\nhisingen = 'Hisingen'\n")
