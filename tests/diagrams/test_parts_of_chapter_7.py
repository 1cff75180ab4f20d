"""Every way through each part of chapter 7 leads somewhere; the whole is too large to try all its ways together.

Planning and deferral go on until the eviction is settled and so have no end of their own; their paths are tested one by
one.
"""

from __future__ import annotations

import pytest

from processes.engine.exploration import explore
from tests.diagrams.story import bundle_of

PARTS = [
    "bevaka-avhysningsdag",
    "narvaro",
    "stod-infor-avhysning",
    "nycklar",
    "avslut-avhysning",
]


@pytest.mark.parametrize("key", PARTS)
def test_every_way_through_the_part_leads_somewhere(key: str) -> None:
    found = explore(bundle_of(key), most_states=400)
    assert not found.truncated
    assert found.standstills == ()
    assert found.hopeless == ()
    assert found.crowded == ()
    assert found.failures == ()
    assert found.uncovered == frozenset()
