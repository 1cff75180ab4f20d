"""Asks whether every letter can be written: who gets it, what an outsider is told and why, and what the text names."""

from __future__ import annotations

from processes.diagrams.check_automatic import literal
from processes.diagrams.check_steps import called
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import Shelf
from processes.engine.drawing import Node
from processes.rules.letters import (
    LETTER_CONTENTS,
    LETTER_PURPOSES,
    OUTSIDERS,
    RECIPIENTS,
    unknown_placeholders,
)

HOME = "bostadens_adress"


def wrong_letters(shelf: Shelf) -> list[Problem]:
    """Letters to nobody, letters to outsiders that do not say what they tell, and texts that cannot be filled in."""
    found = [
        Problem(path, None, f"Brevet nämner {name}, som inte står för något.")
        for path, text in _texts(shelf)
        for name in unknown_placeholders(text)
    ]
    for drawing in shelf.drawings:
        for node in drawing.nodes:
            if node.kind == "serviceTask" and node.operation == "prepare_letter":
                found += [Problem(drawing.file, node.id, message) for message in _wrong_letter(shelf, node)]
    return found


def _texts(shelf: Shelf) -> list[tuple[str, str]]:
    return [
        (path, content.decode(errors="replace"))
        for path, content in sorted(shelf.files.items())
        if path.split("/")[1:2] == ["letters"]
    ]


def _wrong_letter(shelf: Shelf, node: Node) -> list[str]:
    told = called(node)
    recipient = literal(node.parameters.get("recipient", "''"))
    if recipient is None or recipient not in RECIPIENTS:
        return [f"{told} skriver till {recipient or 'någon'}, som inte är någon mottagare."]
    if recipient in OUTSIDERS:
        return _wrong_disclosure(node, told)
    letter = literal(node.parameters.get("letter", "''"))
    about_home = any(
        HOME in text for path, text in _texts(shelf) if path.split("/")[2].split(".", 1)[0] == letter
    )
    return (
        [f"{told} skriver bostadens adress till en person, som kan bo någon annanstans."]
        if about_home
        else []
    )


def _wrong_disclosure(node: Node, told: str) -> list[str]:
    purpose = literal(node.parameters.get("purpose", "''"))
    found = []
    if purpose not in LETTER_PURPOSES:
        found.append(
            f"{told} skriver till en utomstående och måste säga varför: {purpose or 'inget'} är inget syfte."
        )
    contents = literal(node.parameters.get("contents", "''"))
    unknown = (
        ["något som beror på svaren"] if contents is None else sorted(set(contents.split()) - LETTER_CONTENTS)
    )
    found += [f"{told} skriver om {each}, som inte är något slags uppgift." for each in unknown]
    return found
