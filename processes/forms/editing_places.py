"""Where a field stands in a form file, and what the file's events say of it."""

from __future__ import annotations

from processes.forms.editing_fields import Spec


def move_among(sections: list[Spec], name: str, step: int) -> None:
    """Move the field up (-1) or down (1) in its section, or at its end into the one beside it."""
    for place, section in enumerate(sections):
        names = section.get("fields") or []
        if name not in names:
            continue
        at = names.index(name)
        if 0 <= at + step < len(names):
            swap(names, at, step)
        elif 0 <= place + step < len(sections):
            names.remove(name)
            beside = sections[place + step].setdefault("fields", [])
            beside.insert(0 if step > 0 else len(beside), name)
        return


def swap(names: list[str], at: int, step: int) -> None:
    """Let the name and the one beside it change places; at the end nothing happens."""
    if 0 <= at + step < len(names):
        names[at], names[at + step] = names[at + step], names[at]


def forget_in_event(event: Spec, name: str) -> None:
    """Let the event say nothing of the field."""
    if name in (event.get("fields") or []):
        event["fields"] = [one for one in event["fields"] if one != name]
    _put_mapping(event, "map", {key: one for key, one in (event.get("map") or {}).items() if one != name})
    _put_mapping(event, "when", {key: one for key, one in (event.get("when") or {}).items() if key != name})


def rename_in_event(event: Spec, old: str, new: str) -> None:
    """The event goes on saying the same under the same key."""
    mapped = {key: (new if one == old else one) for key, one in (event.get("map") or {}).items()}
    if old in (event.get("fields") or []):
        event["fields"] = [one for one in event["fields"] if one != old]
        mapped[old] = new
    _put_mapping(event, "map", mapped)
    _put_mapping(
        event, "when", {(new if key == old else key): one for key, one in (event.get("when") or {}).items()}
    )


def _put_mapping(event: Spec, key: str, value: Spec) -> None:
    if key in event or value:
        event[key] = value
