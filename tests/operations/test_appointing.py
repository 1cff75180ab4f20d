"""Who is appointed to a case works in the case's own administration; else nothing about the case changes."""

from __future__ import annotations

import pytest

from processes.errors import AnswersRefused
from processes.models import Administration, Caseworker
from processes.operations.recording import record
from tests.city import City

NOBODY = 9_999


def test_who_is_appointed_is_in_charge_of_the_case(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        case, anna, bosse = work.lock(case_id), city.person(work, "anna"), city.person(work, "bosse")
        record(work, case, "handlaggare.utsedd", {"caseworker": anna.id, "substitute": bosse.id})
        assert (case.responsible, case.substitute) == (anna, bosse)


@pytest.mark.parametrize("who", ["nobody", "a stranger"])
def test_nobody_who_is_not_of_the_administration_is_appointed(city: City, who: str) -> None:
    case_id = city.register()
    with city.runtime.rehearsal() as work:
        case, anna, chosen = work.lock(case_id), city.person(work, "anna"), NOBODY
        if who == "a stranger":
            work.session.add(Administration(key="elsewhere", name="En annan förvaltning"))
            stranger = Caseworker(administration_key="elsewhere", username="ove", name="Ove Påhittad")
            work.session.add(stranger)
            work.session.flush()
            chosen = stranger.id
        before = case.responsible
        with pytest.raises(AnswersRefused) as refused:
            record(work, case, "handlaggare.utsedd", {"caseworker": anna.id, "substitute": chosen})
        assert refused.value.problems.keys() == {"substitute"}
        assert (case.responsible, case.substitute) == (before, None)
