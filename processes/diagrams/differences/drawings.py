"""Compares two BPMN files: what a case would do differently, and what is only drawn differently."""

from __future__ import annotations

from collections import Counter

from processes.diagrams.differences.bpmn import Sheet, read_sheet
from processes.diagrams.differences.parts import Difference, compare_parts
from processes.diagrams.differences.places import moved


def compare_drawings(path: str, before: bytes, after: bytes) -> list[Difference]:
    """Every difference between two BPMN files; raises FileRefused if one cannot be read."""
    new = read_sheet(path, after)
    old = read_sheet(path, before, _renamed_lanes(read_sheet(path, before), new))
    paired = _paired_flows(old, new)
    old_flows = {paired.get(key, key): part for key, part in old.flows.items()}
    same_lanes = _same_lanes(old, new)
    found = compare_parts(
        path, {same_lanes.get(key, key): part for key, part in old.parts.items()}, new.parts
    )
    found += compare_parts(path, old_flows, new.flows)
    names = {**new.names, **{key: part.called for key, part in new.parts.items() if key}}
    return found + moved(path, before, after, names)


def _renamed_lanes(old: Sheet, new: Sheet) -> dict[str, str]:
    """The newer name of each lane that is the same lane under another name, so that it is told once."""
    return {
        name: new.lanes[lane]
        for lane, name in old.lanes.items()
        if lane in new.lanes and new.lanes[lane] != name and name not in new.lanes.values()
    }


def _same_lanes(old: Sheet, new: Sheet) -> dict[str, str]:
    """Lanes that have another id and the same name, old id to new."""
    by_name = {name: lane for lane, name in new.lanes.items() if lane not in old.lanes}
    return {
        lane: by_name[name] for lane, name in old.lanes.items() if lane not in new.lanes and name in by_name
    }


def _paired_flows(old: Sheet, new: Sheet) -> dict[str, str]:
    """Flows that have another id and the same ends, old id to new: a tool has renamed them."""
    gone = {key: ends for key, ends in old.ends.items() if key not in new.ends}
    came = {key: ends for key, ends in new.ends.items() if key not in old.ends}
    once = Counter(came.values())
    by_ends = {ends: key for key, ends in came.items() if once[ends] == 1}
    single = Counter(gone.values())
    return {key: by_ends[ends] for key, ends in gone.items() if ends in by_ends and single[ends] == 1}
