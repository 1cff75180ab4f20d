"""The statistics: what is told, how it is narrowed, and that neither the page nor the file tells of anybody."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from app.charts import Column, Part, bar, columns
from app.statistics_tables import Table, headlines_of, tables_of, told
from processes.models import Case, Counting, MonthFigure
from processes.queries.statistics import Choice, Figures
from processes.rules.measures import ALL, MEASURES
from processes.rules.small_numbers import Shown
from tests.app.conftest import Site
from workers.month_figures import count_months

MARCH = date(2026, 3, 1)


def keep(site: Site, *rows: tuple[str, str, int], **place: object) -> None:
    """Numbers as if they had been counted: measure, part and how many, and where they belong."""
    common = {
        "administration_key": "hisingen", "month": MARCH, "district": ALL, "notice_kind": ALL,
        "process_key": "", "unit": "", "step": "",
    } | place  # fmt: skip
    counting = f"{common['administration_key']}:{common['month']:%Y-%m}"
    with site.runtime.transaction() as work:
        work.session.execute(
            insert(MonthFigure),
            [
                common | {"measure": measure, "what": what, "how_many": number}
                for measure, what, number in rows
            ],
        )
        if work.session.get(Counting, counting) is None:
            work.session.add(Counting(name=counting, counted_at=work.now))


def rows_of(page: str, title: str) -> dict[str, str]:
    """The rows of the table under a heading: its first cell, and the number."""
    section = next(one for one in page.split("<section")[1:] if f">{title}" in one)
    found = {}
    for row in section.split('<th scope="row">')[1:]:
        name, *cells = [
            re.sub(r"<[^>]+>", "", cell).strip() for cell in re.split(r"</t[hd]>", row.split("</tr>")[0])
        ]
        found[name] = next((cell for cell in cells if cell), "")
    return found


def file_of(site: Site, query: str = "") -> list[dict[str, str]]:
    answer = site.browser("maria").get(f"/arbetsledning/statistik/statistik.csv{query}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))


def test_what_has_been_counted_is_shown_with_its_share(site: Site) -> None:
    keep(site, ("notices", "", 40), ("outcomes", "settled_by_tenant", 12), ("outcomes", "executed", 8))
    page = site.browser("maria").page("/arbetsledning/statistik")
    assert rows_of(page, "Utfall") == {
        "Skulden reglerad av hyresgästen": "12",
        "Avhysningen verkställd": "8",
    }
    assert re.search(r"avvärjda</dt><dd><b class=\"num\">60 %", page)
    assert re.search(r"verkställda</dt><dd><b class=\"num\">40 %", page)
    for measure in MEASURES.values():
        assert measure.definition in page


def test_small_numbers_are_hidden_on_the_page_and_in_the_file_alike(site: Site) -> None:
    keep(
        site,
        ("outcomes", "executed", 3),
        ("outcomes", "withdrawn", 11),
        ("outcomes", "settled_by_tenant", 20),
    )
    page = site.browser("maria").page("/arbetsledning/statistik")
    shown = rows_of(page, "Utfall")
    assert shown["Avhysningen verkställd"] == "färre än 5"
    assert sorted(shown.values()) == sorted(["färre än 5", "dolt", "20"])
    rows = {row["Del"]: row["Antal"] for row in file_of(site) if row["Mått"] == "Utfall"}
    assert rows == {"Totalt": "34"} | shown


def test_the_filters_choose_a_district_a_type_and_a_period(site: Site) -> None:
    keep(site, ("notices", "", 30))
    keep(site, ("notices", "", 9), district="Backa")
    keep(site, ("notices", "", 7), notice_kind="F")
    keep(site, ("notices", "", 6), district="Backa", notice_kind="F")
    keep(site, ("notices", "", 50), month=date(2026, 2, 1))
    maria = site.browser("maria")
    path = "/arbetsledning/statistik"
    total = re.compile(r"underrättelser</dt><dd><b class=\"num\">([^<]+)")
    for query, number in {
        "": "80", "?fran=2026-03": "30", "?till=2026-02": "50", "?fran=2026-03&till=2026-02": "80",
        "?omrade=Backa&fran=2026-03": "9", "?typ=F": "7", "?omrade=Backa&typ=F": "6", "?typ=x&enhet=y": "80",
    }.items():  # fmt: skip
        assert total.findall(maria.page(path + query)) == [number], query
    assert rows_of(maria.page(path), "Efter typ") == {"F Underrättelse om avhysning": "7"}
    assert {row["Stadsområde"] for row in file_of(site, "?omrade=Backa&typ=F")} == {"Backa"}


def test_unit_and_process_narrow_what_is_counted_of_tasks(site: Site) -> None:
    for unit, kept, late in (("vuxen", 20, 10), ("samordning", 8, 0)):
        keep(
            site,
            ("due_times", "kept", kept),
            ("due_times", "late", late),
            unit=unit,
            step="a",
            process_key="p",
        )
        keep(site, ("lead_times", "2", kept + late), unit=unit, step=f"steg_{unit}", process_key="p")
    keep(site, ("notices", "", 30))
    maria = site.browser("maria")
    everything = maria.page("/arbetsledning/statistik")
    assert rows_of(everything, "Tider som hölls <") == {"För sent": "10", "I tid": "28"}
    assert rows_of(everything, "Tider som hölls per enhet") == {
        "Vuxenenheten": "30",
        "Samordningsfunktionen": "8",
    }
    adults = maria.page("/arbetsledning/statistik?enhet=vuxen")
    assert rows_of(adults, "Tider som hölls <") == {"För sent": "10", "I tid": "20"}
    assert "steg_samordning" not in adults
    assert "Övriga mått gäller hela ärenden." in adults
    assert 'underrättelser</dt><dd><b class="num">30' in adults.replace("'", '"')
    nobody = maria.page("/arbetsledning/statistik?process=annan")
    assert "steg_vuxen" not in nobody


def test_another_administration_counts_for_itself(site: Site) -> None:
    keep(site, ("notices", "", 30), administration_key="sydvast")
    page = site.browser("maria").page("/arbetsledning/statistik")
    assert 'underrättelser</dt><dd><b class="num">0<' in page


def figures(**by_part: Counter[str]) -> Figures:
    return Figures(
        by_part={name: Counter() for name in MEASURES} | by_part,
        by_month={name: {} for name in MEASURES},
        by_step={name: {} for name in MEASURES},
        by_unit={name: {} for name in MEASURES},
        by_kind=Counter(),
        by_district=Counter(),
    )


def table_of(found: Figures, key: str, choice: Choice | None = None) -> Table:
    with_months = choice or Choice(MARCH, MARCH)
    return next(one for one in tables_of(found, with_months, {"a": "Ring"}) if one.key == key)


@pytest.fixture
def asked(site: Site) -> Iterator[None]:
    """Words are those of the reader, and so need one."""
    context = site.app.test_request_context()
    context.push()
    yield
    context.pop()


@pytest.mark.usefixtures("asked")
def test_a_lead_time_is_told_as_its_median_and_its_slow_tenth(site: Site) -> None:
    found = figures()
    found.by_step["lead_times"]["a"] = Counter({"0": 6, "3": 3, "14": 1})
    found.by_step["lead_times"]["b"] = Counter({"0": 4})
    slow, few = table_of(found, "lead_times").rows
    assert (slow.name, slow.shown, slow.extra) == ("Ring", Shown(10), ("samma dag", "3 dagar"))
    assert (few.name, few.shown, few.extra) == ("b", Shown(None, is_small=True), ("–", "–"))
    found.by_step["lead_times"]["a"] = Counter({"14": 5, "180": 5})
    assert table_of(found, "lead_times").rows[0].extra == ("14–20 dagar", "180 dagar eller mer")


@pytest.mark.usefixtures("asked")
def test_months_that_would_be_hidden_are_shown_by_quarter() -> None:
    choice = Choice(date(2026, 1, 1), date(2026, 6, 1))
    found = figures()
    found.by_month["notices"] = dict.fromkeys(choice.months, 6)
    assert next(row.name for row in table_of(found, "notices-over-time", choice).rows) == "jan 26"
    found.by_month["notices"][MARCH] = 2
    by_quarter = table_of(found, "notices-over-time", choice)
    assert [(row.name, row.shown) for row in by_quarter.rows] == [
        ("kv 1 26", Shown(14)),
        ("kv 2 26", Shown(18)),
    ]


@pytest.mark.usefixtures("asked")
def test_no_unit_is_told_apart_when_one_has_a_small_number() -> None:
    found = figures(due_times=Counter(kept=30, late=13))
    found.by_unit["due_times"] = {"vuxen": Counter(kept=20, late=10), "samordning": Counter(kept=10, late=3)}
    assert [one.key for one in tables_of(found, Choice(MARCH, MARCH), {}) if "by-unit" in one.key] == []
    found.by_unit["due_times"]["samordning"] = Counter(kept=10, late=5)
    assert [row.extra for row in table_of(found, "due-times-by-unit").rows] == [("66 %",), ("66 %",)]


@pytest.mark.usefixtures("asked")
def test_a_headline_says_no_more_than_its_table() -> None:
    found = figures(confirmations=Counter(same_day=26, later=4), reached=Counter(reached=2, not_reached=1))
    told_of = {one.words: one.number for one in headlines_of(found)}
    assert told_of["bekräftade samma dag"] == "minst 86 %"
    assert told_of["nådda hyresgäster"] == "–"
    assert told_of["berörda barn"] == "0"
    assert told(None) == ""


def test_neither_page_nor_file_tells_of_anybody(site: Site) -> None:
    """A case with a protected person, at a home that is nowhere else."""
    protected = [{"name": "F-99 Påhittad", "role": "contract_holder", "protection": "secrecy_mark"}]
    case_id = site.register(address="Gömslegatan 4711", landlord_name="Påhitta Privatsson", persons=protected)  # type: ignore[arg-type]
    count_months(site.runtime, lambda: False)
    maria = site.browser("maria")
    page = maria.page("/arbetsledning/statistik")
    text = maria.get("/arbetsledning/statistik/statistik.csv").text
    for word in ("F-99", "Gömslegatan", "Privatsson", f"KVB 2026-{case_id:06d}", "Provgatan"):
        assert word not in page
        assert word not in text
    assert "färre än 5" in page


def test_the_page_of_a_new_installation_has_nothing_yet_and_says_so(site: Site) -> None:
    page = site.browser("maria").page("/arbetsledning/statistik")
    assert "Inte räknat än" in page
    assert "Inget under perioden." in page
    assert [row for row in file_of(site) if row["Del"] != "Totalt"] == []


def test_a_year_is_shown_until_another_period_is_chosen(site: Site) -> None:
    site.register()
    with site.runtime.transaction() as work:
        work.session.execute(update(Case).values(opened_at=work.now - timedelta(days=700)))
    count_months(site.runtime, lambda: False)
    page = site.browser("maria").page("/arbetsledning/statistik")
    assert "april 25 – mars 26" in page
    assert '<option value="2024-04">' in page


def test_a_bar_is_as_long_as_its_number_and_hidden_from_who_listens() -> None:
    drawn = str(bar([Part(10, "calm"), Part(5, "late"), Part(0, "rest")], 20, 200))
    assert re.findall(r'class="bar-(\w+)" x="([\d.]+)" y="1.0" width="([\d.]+)"', drawn) == [
        ("calm", "0.0", "100.0"),
        ("late", "101.0", "50.0"),
    ]
    assert 'aria-hidden="true"' in drawn
    assert "style=" not in drawn
    assert "<rect" not in str(bar([Part(0, "calm")], 0))


def test_a_column_that_is_not_told_has_no_height_of_its_own_and_words_are_escaped() -> None:
    drawn = str(columns("<Över>", [Column("mars", 10, "10"), Column("april", None, "<5")]))
    assert "&lt;Över&gt;" in drawn
    assert "&lt;5" in drawn
    heights = re.findall(r'class="bar-(\w+)".*?height="([\d.]+)"', drawn)
    assert heights == [("calm", "120.0"), ("hidden", "6.0")]
