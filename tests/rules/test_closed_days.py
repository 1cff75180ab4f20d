"""The municipality's own closed days: what the file may say, what is refused, and what the days move."""

from __future__ import annotations

import pytest

from processes.errors import SettingRefused
from processes.rules.closed_days import closed_in, read_closed_days
from processes.rules.due_dates import due_at
from processes.rules.policy import Policy
from tests.rules.case_pictures import CASE, arrears, case_of, day, swedish

FILE = """
[alla]
2026-05-15 = "Klämdag"
[hisingen]
2026-06-05 = "Planeringsdag"
"""


def test_a_day_holds_for_everybody_or_for_one_administration() -> None:
    closed = read_closed_days(FILE)
    assert closed_in(closed, "hisingen") == {day("2026-05-15"), day("2026-06-05")}
    assert closed_in(closed, "centrum") == {day("2026-05-15")}


def test_our_own_days_pass_over_the_closed_days_of_the_case_s_administration_and_the_law_s_do_not() -> None:
    policy = Policy(closed_days=read_closed_days(FILE))
    for key, due in (("hisingen", "2026-06-09 16:30"), ("centrum", "2026-06-08 16:30")):
        case = case_of(arrears(), policy=policy.in_administration(key))
        assert due_at("in_working_days_2", case, CASE, swedish("2026-06-04 10:00")) == swedish(due)
    notice = arrears(received="2026-05-15 09:00", served_on=day("2026-05-15"), served_confirmed=True)
    hisingen = case_of(notice, policy=policy.in_administration("hisingen"))
    assert due_at("recovery_last_day", hisingen, CASE, swedish("2026-05-18 10:00")) == swedish(
        "2026-06-05 23:59"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[alla]\n2026-02-30 = 'x'", "2026-02-30 is no day"),
        ("[alla]\n2026-06-19 = 'Midsommar'", "is a day off already (midsommarafton)"),
        ("[alla]\n2026-05-16 = 'Lördag'", "is a day off already (lördag)"),
        ("[alla]\n2026-05-15 = ''", "must say why"),
        ("[alla]\n2026-05-15 = 1", "must say why"),
        ("2026-05-15 = 'Klämdag'", "stands under no heading"),
        ("[alla", "is not TOML"),
        ("[alla]\n" + "\n".join(f"2026-07-{n:02} = 'Stängt'" for n in (1, 2, 3, *range(6, 11), 13, 14, 15)),
         "more than 10 office days in a row"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_meant_is_refused(text: str, problem: str) -> None:
    with pytest.raises(SettingRefused, match="KVARBOENDE_CLOSED_DAYS") as refused:
        read_closed_days(text)
    assert problem in str(refused.value)
