"""What the page of comparisons shows: the changed files in order, their changes in words, and the marks on drawings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.diagrams import shape_of
from app.display import short_day
from app.process_files import described
from app.process_files import title_of as title_of_process
from app.texts import t
from processes.diagrams.differences import Difference, differences
from processes.diagrams.differences.words_apart import Piece, words_apart
from processes.models import DiagramVersion, ProcessDraft, Release
from processes.queries.compared_files import Side

SORTS = ("diagram", "form", "table", "letter", "scenario", "readme")
"""The order of a process's files on the page."""
STRONGEST = ("added", "removed", "changed", "moved")
"""Which mark an element gets that several things are said about."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change, with its values in pieces."""

    change: Difference
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True, slots=True)
class ComparedFile:
    """A changed file."""

    path: str
    sort: str
    name: str
    rows: list[ChangeRow]
    moved: list[Difference]
    drawn: Mapping[str, float]
    """For a diagram: on which sides it is drawn (`before`, `after`), and how many times wider than high."""
    marks: Mapping[str, Mapping[str, str]]
    """By side: the kind of change by element."""


@dataclass(frozen=True, slots=True)
class ComparedProcess:
    """A process with its changed files."""

    key: str
    title: str
    files: list[ComparedFile]


@dataclass(frozen=True, slots=True)
class Option:
    """A set of files that can be chosen."""

    token: str
    title: str
    group: str


def put_side_by_side(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[ComparedProcess]:
    """Everything that stands between the two, process by process."""
    found = differences(before, after)
    processes = []
    for key, group in groupby(found, key=lambda change: change.path.split("/", 1)[0]):
        by_path = {path: list(rows) for path, rows in groupby(group, key=lambda change: change.path)}
        files = [_file(path, rows, before, after) for path, rows in by_path.items()]
        files.sort(key=lambda file: (SORTS.index(file.sort), file.path))
        processes.append(
            ComparedProcess(key, process_title(key, after) or process_title(key, before) or key, files)
        )
    return sorted(processes, key=lambda process: process.title.casefold())


def process_title(key: str, files: Mapping[str, bytes]) -> str:
    """What the process is called in its diagram, or in its README; empty if it has neither."""
    shown = [
        described(path, files[path]) for path in (f"{key}/{key}.bpmn", f"{key}/README.md") if path in files
    ]
    return title_of_process(key, shown) if shown else ""


def _file(
    path: str, found: Sequence[Difference], before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> ComparedFile:
    shown = described(path, after.get(path, before.get(path)))
    told = [change for change in found if change.kind != "moved"]
    drawn = {"before": before.get(path), "after": after.get(path)} if shown.kind == "diagram" else {}
    return ComparedFile(
        path=path,
        sort=shown.kind,
        name=shown.title,
        rows=[ChangeRow(change, *words_apart(change.before, change.after)) for change in told],
        moved=[change for change in found if change.kind == "moved"],
        drawn={side: shape_of(content) for side, content in drawn.items() if content is not None},
        marks={side: marks_on(side, found) for side in drawn},
    )


def marks_on(side: str, found: Iterable[Difference]) -> dict[str, str]:
    """The strongest kind of change of each element that this side draws."""
    unseen = "added" if side == "before" else "removed"
    marks: dict[str, str] = {}
    for change in found:
        if change.element and change.kind != unseen:
            marks[change.element] = min(change.kind, marks.get(change.element, "moved"), key=STRONGEST.index)
    return marks


def title_of(side: Side) -> str:
    """What a set of files is called on the page."""
    match side.whole:
        case Release(number=number):
            return t("Utgåva {number}", number=number)
        case ProcessDraft(title=title):
            return t("Förslaget ”{title}”", title=title)
        case DiagramVersion(title=title, version=version):
            return t("{title}, version {version}", title=title, version=version[:8])


def options_for(
    releases: Iterable[Release], drafts: Iterable[ProcessDraft], versions: Iterable[DiagramVersion]
) -> list[Option]:
    """Everything that can be compared."""
    found = [
        Option(f"forslag-{one.id}", t("Förslaget ”{title}”", title=one.title), t("Förslag")) for one in drafts
    ]
    found += [
        Option(
            f"utgava-{one.number}",
            f"{t('Utgåva {number}', number=one.number)} · {short_day(one.published_at)}",
            t("Utgåvor"),
        )
        for one in releases
    ]
    return found + [
        Option(
            f"version-{one.id}",
            f"{t('Version')} {one.version[:8]} · {short_day(one.published_at)}",
            t("Versioner av {title}", title=one.title),
        )
        for one in versions
    ]
