"""Compares two scenario files: what the story is called, and its steps one by one, with what each of them expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Final

import orjson
import yaml

from processes.diagrams.differences.parts import Difference, Part, Said, compare_parts
from processes.diagrams.story_words import EXPECTED, act_in_words, value_in_words
from processes.diagrams.yaml_text import read_yaml

_KEYS: Final = {
    "id": "Numret",
    "title": "Rubriken",
    "about": "Beskrivningen",
    "requirements": "Kraven",
    "starts": "Starten",
    "at": "Tiden",
    "who": "Vem som handlar",
    "task": "Uppgiften",
    "look": "Uppgiften som öppnas",
    "event": "Händelsen",
    "about_step": "Vad det gäller",
    "as": "Namnet på det som skapas",
    "refused": "Det väntade avslaget",
    "persons": "Namnen på personer",
    "note": "Anteckningen",
}
_OPENED: Final = {"notice": "Svaret på", "answers": "Svaret på", "expect": "Det väntade:"}
"""Keys of a step of which each value is compared by itself."""


class NoStory(Exception):
    """The content is not built as a scenario."""


def compare_stories(path: str, before: bytes, after: bytes) -> list[Difference]:
    """Every difference between two scenario files; raises NoStory if one of them is not built as a scenario."""
    old, new = _read(before), _read(after)
    old_steps, new_steps = old.pop("steps"), new.pop("steps")
    pairs = dict(_pairs(old_steps, new_steps))
    found = compare_parts(path, {"": _whole(old)}, {"": _whole(new)})
    return found + compare_parts(
        path,
        {pairs.get(place, f"före-{place + 1}"): _step(place, one) for place, one in enumerate(old_steps)},
        {f"steg-{place + 1}": _step(place, one) for place, one in enumerate(new_steps)},
    )


def _read(content: bytes) -> dict[str, Any]:
    try:
        raw = read_yaml(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NoStory from error
    steps = raw.get("steps") if isinstance(raw, dict) else None
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise NoStory
    return dict(raw)


def _whole(story: Mapping[str, Any]) -> Part:
    says = {_KEYS.get(str(key), f"Egenskapen {key}"): _value(value) for key, value in story.items()}
    return Part("berättelse", f"”{story.get('title', 'berättelsen')}”", says)


def _step(place: int, step: Mapping[str, Any]) -> Part:
    act = act_in_words(step, {})
    return Part("steg i berättelsen", f"Steg {place + 1} ({act})", dict(_said(step)), _content(step))


def _said(step: Mapping[str, Any]) -> Iterator[tuple[str, Said]]:
    for key, value in step.items():
        if key in _OPENED and isinstance(value, dict):
            for name, one in value.items():
                called = EXPECTED.get(str(name), name) if key == "expect" else f"”{name}”"
                yield f"{_OPENED[key]} {called}", _value(one)
        else:
            known = _KEYS.get("about_step" if key == "about" else str(key))
            yield known or f"Egenskapen {key}", _value(value)


def _content(step: Mapping[str, Any]) -> str:
    return " ".join(str(step[key]) for key in ("at", "note") if key in step)


def _value(value: Any) -> Said:
    return Said(orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str), value_in_words(value, {}))


def _pairs(old: list[Any], new: list[Any]) -> Iterator[tuple[int, str]]:
    """Which step of the old story is which of the new: those that are the same, and between them those alike."""
    was, now = [_value(step).value for step in old], [_value(step).value for step in new]
    for tag, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((i + place, f"steg-{k + place + 1}") for place in range(j - i))
            continue
        alike = SequenceMatcher(
            None, [_does(step) for step in old[i:j]], [_does(step) for step in new[k:m]], autojunk=False
        )
        for one, other, length in alike.get_matching_blocks():
            yield from ((i + one + place, f"steg-{k + other + place + 1}") for place in range(length))


def _does(step: Mapping[str, Any]) -> str:
    return str([step.get(act) for act in ("task", "look", "event")] + ["notice" in step])
