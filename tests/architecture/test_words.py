"""Names say what a thing is, and every module says in its first sentence what it is for."""

from __future__ import annotations

import ast
import re

EMPTY_WORDS = {
    "common", "data", "handler", "handlers", "helper", "helpers", "info", "manager", "managers", "misc",
    "processor", "processors", "service", "services", "util", "utils",
}  # fmt: skip


def words_of(name: str) -> set[str]:
    """The words in a snake_case or CamelCase name."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


IN_BPMN = {"service"}
"""A service task is what BPMN calls it; only the engine speaks BPMN."""


def test_no_module_or_class_has_a_name_that_says_nothing(modules):
    names = [
        (str(module), part)
        for module in modules
        for part in (*module.path.parent.parts[-2:], module.path.stem)
    ]
    names += [(module.at(found), found.name) for module in modules for found in module.nodes(ast.ClassDef)]
    empty = [
        f"{place}: {name}"
        for place, name in names
        if words_of(name) & (EMPTY_WORDS - IN_BPMN if place.startswith("processes/engine/") else EMPTY_WORDS)
    ]
    assert empty == []


def test_every_module_opens_with_a_sentence(modules):
    silent = []
    for module in modules:
        first = (ast.get_docstring(module.tree) or "").partition("\n\n")[0]
        if not first.rstrip().endswith((".", ":")) or len(first.split()) < 4:
            silent.append(str(module))
    assert silent == []


def test_every_table_names_its_swedish_term(modules):
    tables = [
        (module.at(found), ast.get_docstring(found) or "")
        for module in modules
        if "models" in module.path.parts
        for found in module.nodes(ast.ClassDef)
        if any(isinstance(base, ast.Name) and base.id == "Base" for base in found.bases)
    ]
    assert tables
    assert [place for place, docstring in tables if "(sv. " not in docstring] == []


def test_every_refusal_says_in_a_sentence_what_stood_in_the_way(modules):
    errors = [module for module in modules if "errors" in module.path.parts]
    classes = [found for module in errors for found in module.nodes(ast.ClassDef)]
    assert classes
    assert [found.name for found in classes if not (ast.get_docstring(found) or "").endswith(".")] == []
