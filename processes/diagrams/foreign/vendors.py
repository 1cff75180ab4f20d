"""What Camunda, Signavio, Bizagi and others write into a diagram beyond BPMN, and what that would have been here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from processes.diagrams.foreign.walking import extensions_of, steps_of
from processes.engine.xml_input import BPMN, SPIFF, local_name, namespace

CODE: Final = (
    "Steget anropar kod i ett annat system ({what}). Välj i stället en av tjänsterna här, till exempel "
    "att skriva ett brev eller anteckna en händelse."
)
FORM: Final = (
    "Formuläret ({what}) följer inte med filen. Rita det här; det heter som steget och läggs i mappen forms."
)
WHO: Final = "Vem som gör steget ({what}) bestäms här av simbanan."
DUE: Final = "Förfallotiden ({what}) skrivs inte i diagrammet här. Välj en av de namngivna reglerna."
LISTENER: Final = "En lyssnare körs inte här. Låt ett eget steg göra det som den gjorde."
MAPPING: Final = "In- och utdata kopplas inte här: fakta läses från ärendet och svar från formulären."
SCRIPT: Final = "Skript körs inte här. Använd ett villkor, en beslutstabell eller en tjänsteuppgift."
REPEAT: Final = "Antal försök och prioritet bestäms inte i diagrammet här."

ATTRIBUTES: Final = {
    "class": (CODE, True),
    "delegateExpression": (CODE, True),
    "expression": (CODE, True),
    "topic": (CODE, True),
    "formKey": (FORM, True),
    "formRef": (FORM, True),
    "assignee": (WHO, False),
    "candidateUsers": (WHO, False),
    "candidateGroups": (WHO, False),
    "dueDate": (DUE, False),
    "followUpDate": (DUE, False),
}
"""What an attribute of a vendor means, by its name, and whether something of ours must take its place."""
ELEMENTS: Final = {
    "executionListener": (LISTENER, True),
    "taskListener": (LISTENER, True),
    "executionListeners": (LISTENER, True),
    "taskListeners": (LISTENER, True),
    "connector": (CODE, True),
    "taskDefinition": (CODE, True),
    "formDefinition": (FORM, True),
    "assignmentDefinition": (WHO, False),
    "taskSchedule": (DUE, False),
    "inputOutput": (MAPPING, False),
    "ioMapping": (MAPPING, False),
    "script": (SCRIPT, True),
    "preScript": (SCRIPT, True),
    "postScript": (SCRIPT, True),
    "failedJobRetryTimeCycle": (REPEAT, False),
}
"""The same for elements inside extensionElements."""
_TELLING: Final = (
    "type",
    "formId",
    "formKey",
    "externalReference",
    "assignee",
    "candidateGroups",
    "dueDate",
    "event",
)


def is_vendors(tag_or_name: str) -> bool:
    """Whether a qualified name belongs to a tool: neither BPMN, nor what the engine reads, nor XML itself."""
    if not tag_or_name.startswith("{"):
        return False
    space = tag_or_name[1:].split("}", 1)[0]
    return not space.startswith("http://www.omg.org/spec/") and space not in {
        SPIFF,
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/XML/1998/namespace",
    }


def vendor_remarks(root: Any) -> Iterator[tuple[str | None, str, bool]]:
    """What in the file only means something in the tool that wrote it: the element, a sentence, whether it matters."""
    for process in root.iter(f"{{{BPMN}}}process"):
        for element in steps_of(process):
            yield from _of(element)


def _of(element: Any) -> Iterator[tuple[str | None, str, bool]]:
    key = element.get("id")
    for name, value in element.attrib.items():
        known = ATTRIBUTES.get(str(name).rsplit("}", 1)[-1])
        if is_vendors(str(name)) and known:
            yield key, known[0].format(what=_short(value)), known[1]
    for extension in extensions_of(element):
        known = ELEMENTS.get(local_name(extension))
        if known and (is_vendors(extension.tag) or namespace(extension) == SPIFF):
            yield key, known[0].format(what=_what(extension)), known[1]
    if local_name(element) == "scriptTask" and element.get("scriptFormat", "").lower() not in {"", "python"}:
        yield key, SCRIPT, True


def _what(extension: Any) -> str:
    told = next((extension.get(name) for name in _TELLING if extension.get(name)), "")
    return _short(told) or local_name(extension)


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:59] + "…"
