"""The tables of the statistics: the same numbers, hidden where they are small, for the page and for the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from app.charts import Column, Part, bar, columns
from app.display import MONTHS
from app.labels import label
from app.texts import language, t
from processes.queries.month_facts import PRIVATE_PERSON, UNKNOWN_LANDLORD
from processes.queries.statistics import Choice, Figures
from processes.rules.lead_times import days_of, quantile
from processes.rules.measures import MEASURES, NO_OUTCOME, UNKNOWN, Measure
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.rules.outcomes import OUTCOMES
from processes.rules.small_numbers import Divided, Shown, divided, share_of, shown
from processes.rules.units import UNIT_NAMES

AVERTED = frozenset(outcome.code for outcome in OUTCOMES.values() if outcome.stays and outcome.is_final)
NOTHING = Markup("")
EXECUTED = frozenset(outcome.code for outcome in OUTCOMES.values() if outcome.is_eviction)


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a table, as it may be shown."""

    name: str
    shown: Shown
    bar: Markup = NOTHING
    extra: tuple[str, ...] = ()
    """More cells, in the order of the table's extra headings."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page and of the file, with a chart over it or bars in it."""

    key: str
    title: str
    measure: Measure
    rows: Sequence[Row]
    total: Shown | None = None
    is_whole: bool = False
    """Too few to be divided."""
    extra: tuple[str, ...] = ()
    chart: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class Headline:
    """A number at the top of the page."""

    words: str
    number: str
    about: str = ""


def told(one: Shown | None) -> str:
    """The number, or why there is none."""
    if one is None:
        return ""
    if one.number is not None:
        return str(one.number)
    return t("färre än 5") if one.is_small else t("dolt")


def per_cent(share: tuple[int, bool] | None) -> str:
    """`87 %`, or `minst 86 %` where few are left over."""
    if share is None:
        return "–"
    number, is_exact = share
    return t("{number} %", number=number) if is_exact else t("minst {number} %", number=number)


def month_words(month: date) -> str:
    """`mars 26`."""
    return f"{MONTHS[language()][month.month - 1]} {month.year % 100:02}"


def tables_of(figures: Figures, choice: Choice, step_names: Mapping[str, str]) -> list[Table]:
    """Every table, in the order of the page."""
    return [
        _over_time(
            "notices", (t("Underrättelser per månad"), t("Underrättelser per kvartal")), figures, choice
        ),
        _of_parts(
            "notices", t("Efter typ"), figures.by_kind, list(NOTICE_KINDS), _kind, key="notices-by-kind"
        ),
        _of_parts(
            "notices",
            t("Efter stadsområde"),
            figures.by_district,
            _places(figures),
            _district,
            key="notices-by-district",
        ),
        _landlords(figures),
        _of_parts("outcomes", t("Utfall"), figures.by_part["outcomes"], [*OUTCOMES, NO_OUTCOME], _outcome),
        _over_time(
            "outcomes",
            (t("Avslutade ärenden per månad"), t("Avslutade ärenden per kvartal")),
            figures,
            choice,
        ),
        _yes_and_no("confirmations", figures, ("not_yet", "later", "same_day")),
        _yes_and_no("reached", figures, ("not_reached", "reached")),
        _yes_and_no("households", figures, ("with_child", "without_child")),
        _yes_and_no("due_times", figures, ("late", "kept")),
        *_due_times_by_unit(figures),
        _lead_times(figures, step_names),
    ]


def headlines_of(figures: Figures) -> list[Headline]:
    """The numbers at the top, each worked out of what its table shows."""
    parts = figures.by_part
    outcomes = divided(_counted(parts["outcomes"], [*OUTCOMES, NO_OUTCOME]))
    confirmed = divided(_counted(parts["confirmations"], ("not_yet", "later", "same_day")))
    reached = divided(_counted(parts["reached"], ("not_reached", "reached")))
    kept = divided(_counted(parts["due_times"], ("late", "kept")))
    return [
        Headline(t("underrättelser"), told(shown(parts["notices"].total()))),
        Headline(t("avvärjda"), per_cent(share_of(AVERTED, outcomes)), _of(outcomes, t("avslutade ärenden"))),
        Headline(
            t("verkställda"), per_cent(share_of(EXECUTED, outcomes)), _of(outcomes, t("avslutade ärenden"))
        ),
        Headline(
            t("bekräftade samma dag"),
            per_cent(share_of({"same_day"}, confirmed)),
            _of(confirmed, t("att bekräfta")),
        ),
        Headline(
            t("nådda hyresgäster"), per_cent(share_of({"reached"}, reached)), _of(reached, t("nya ärenden"))
        ),
        Headline(t("tider som hölls"), per_cent(share_of({"kept"}, kept)), _of(kept, t("uppgifter"))),
        Headline(t("berörda barn"), told(shown(parts["children"].total()))),
    ]


def _of(table: Divided, words: str) -> str:
    return t("av {count} {words}", count=told(table.total), words=words)


def _counted(counts: Counter[str], names: Collection[str]) -> dict[str, int]:
    """Every name with its number, in an order that has nothing to do with the numbers; whatever else comes first."""
    others = {name: number for name, number in sorted(counts.items()) if name not in names}
    return others | {name: counts[name] for name in names}


def _of_parts(
    measure: str,
    title: str,
    counts: Counter[str],
    names: Collection[str],
    words: Callable[[str], str],
    *,
    key: str = "",
) -> Table:
    """A table of parts, the largest first; those that are nothing are left out."""
    table = divided(_counted(counts, names))
    most = max((part.number or 0 for part in table.parts.values()), default=0)
    rows = [
        Row(words(name), part, _bar(part, most)) for name, part in table.parts.items() if part.number != 0
    ]
    rows.sort(key=lambda row: (row.shown.number is None, -(row.shown.number or 0), row.name))
    return Table(key or measure, title, MEASURES[measure], rows, table.total, table.is_whole)


def _bar(part: Shown, most: int) -> Markup:
    return bar([Part(part.number, "calm")], most) if part.number is not None else Markup("")


def _over_time(measure: str, titles: Sequence[str], figures: Figures, choice: Choice) -> Table:
    """By month; by quarter instead where a month's number would have to be hidden."""
    counts = figures.by_month[measure]
    by_month = divided({month_words(one): counts.get(one, 0) for one in choice.months})
    quarters: dict[str, int] = {}
    for month in choice.months:
        name = t("kv {number} {year}", number=(month.month + 2) // 3, year=f"{month.year % 100:02}")
        quarters[name] = quarters.get(name, 0) + counts.get(month, 0)
    is_told = not by_month.is_whole and all(part.number is not None for part in by_month.parts.values())
    title, table = (titles[0], by_month) if is_told else (titles[1], divided(quarters))
    rows = [Row(name, part) for name, part in table.parts.items() if table.total.number]
    chart = columns(title, [Column(row.name, row.shown.number, _above(row.shown)) for row in rows])
    return Table(
        f"{measure}-over-time", title, MEASURES[measure], rows, table.total, table.is_whole, chart=chart
    )


def _above(part: Shown) -> str:
    """What stands above a column: little room there is."""
    return str(part.number) if part.number is not None else "<5" if part.is_small else t("dolt")


def _yes_and_no(measure: str, figures: Figures, names: Sequence[str]) -> Table:
    told_of = MEASURES[measure]
    return _of_parts(
        measure, t(told_of.title), figures.by_part[measure], names, lambda name: label("figure", name)
    )


def _places(figures: Figures) -> list[str]:
    """The districts by name, and last the homes of which none was said."""
    return [*sorted(name for name in figures.by_district if name != UNKNOWN), UNKNOWN]


def _landlords(figures: Figures) -> Table:
    counts = figures.by_part["landlords"]
    named = sorted(name for name in counts if name not in (PRIVATE_PERSON, UNKNOWN_LANDLORD))
    order = [*named, PRIVATE_PERSON, UNKNOWN_LANDLORD]
    return _of_parts("landlords", t("Efter hyresvärd"), counts, order, _landlord)


def _kind(name: str) -> str:
    return f"{name} {label('notice', name)}"


def _district(name: str) -> str:
    return name or t("Inte angivet")


def _landlord(name: str) -> str:
    return {PRIVATE_PERSON: t("Privatpersoner"), UNKNOWN_LANDLORD: t("Slag inte angivet")}.get(name, name)


def _outcome(name: str) -> str:
    return t("Utan utfall, till exempel råd") if name == NO_OUTCOME else label("outcome", name)


def _due_times_by_unit(figures: Figures) -> list[Table]:
    """How many of each unit's times were kept, where no unit has a small number of either; else no table."""
    by_unit = {
        unit: divided(_counted(counts, ("late", "kept")))
        for unit in UNIT_NAMES
        if (counts := figures.by_unit["due_times"].get(str(unit)))
    }
    shares = {unit: share_of({"kept"}, table) for unit, table in by_unit.items()}
    if len(by_unit) < 2 or not all(share is not None and share[1] for share in shares.values()):
        return []
    most = max(table.total.number or 0 for table in by_unit.values())
    rows = [
        Row(label("unit", unit), table.total, _bar(table.total, most), (per_cent(shares[unit]),))
        for unit, table in by_unit.items()
    ]
    title = t("Tider som hölls per enhet")
    return [Table("due-times-by-unit", title, MEASURES["due_times"], rows, extra=(t("Hölls"),))]


def _lead_times(figures: Figures, step_names: Mapping[str, str]) -> Table:
    """Each step with its median and its slow tenth, the slowest first; the bar goes to the one, and on to the other."""
    found = []
    for step, counts in figures.by_step["lead_times"].items():
        classes = {int(first): number for first, number in counts.items()}
        found.append(
            (
                step_names.get(step, step),
                shown(counts.total()),
                quantile(classes, 0.5),
                quantile(classes, 0.9),
            )
        )
    most = max((slow or 0 for *_, slow in found), default=0)
    found.sort(key=lambda one: (one[2] is None, -(one[2] or 0), -(one[3] or 0), one[0]))
    rows = [
        Row(name, count, _lead_bar(middle, slow, most), (_days(middle), _days(slow)))
        for name, count, middle, slow in found
    ]
    measure = MEASURES["lead_times"]
    return Table("lead_times", t(measure.title), measure, rows, extra=(t("Median"), t("p90")))


def _lead_bar(middle: int | None, slow: int | None, most: int) -> Markup:
    if middle is None or slow is None:
        return Markup("")
    return bar([Part(middle, "calm"), Part(slow - middle, "rest")], most)


def _days(first: int | None) -> str:
    """`samma dag`, `1 dag`, `7–9 dagar`, `180 dagar eller mer`."""
    if first is None:
        return "–"
    least, most = days_of(first)
    if most is None:
        return t("{days} dagar eller mer", days=least)
    if least != most:
        return t("{least}–{most} dagar", least=least, most=most)
    return {0: t("samma dag"), 1: t("1 dag")}.get(least, t("{days} dagar", days=least))
