"""Says of each element in a diagram from another tool what cannot be run here, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from processes.diagrams.foreign.reading import read_foreign, tool_of
from processes.diagrams.foreign.vendors import vendor_remarks
from processes.diagrams.foreign.walking import named, steps_of
from processes.diagrams.names import Names
from processes.diagrams.problems import Problem
from processes.diagrams.quick_check import check_file
from processes.engine import refusals_in
from processes.engine.xml_input import BPMN, FileRefused, local_name, namespace

MOST_REMARKS: Final = 200
"""So many are told; a file with more is better drawn anew."""
NO_DRAWING: Final = (
    "Filen säger vilka steg som finns men inte hur de ritas. Spara den i ett verktyg som ritar."
)
TOO_MANY: Final = "Det finns mer att säga om filen. Rätta det här först och ladda upp den igen."


@dataclass(frozen=True, slots=True)
class Remark:
    """What cannot be run as it is drawn elsewhere."""

    element: str | None
    """The element's id; None when it is about the whole file."""
    name: str
    """What a person calls the element."""
    message: str
    """A sentence in Swedish."""
    is_error: bool = True
    """False for what only changes nothing."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything there is to say about a file."""

    tool: str | None
    """Which tool wrote it."""
    refused: str | None
    """Why it cannot be read at all; then there are no remarks."""
    remarks: tuple[Remark, ...] = ()

    @property
    def can_run(self) -> bool:
        """Nothing in it stands in the way of publishing."""
        return self.refused is None and not any(remark.is_error for remark in self.remarks)


def explain(files: Mapping[str, bytes], path: str, content: bytes, names: Names) -> Explanation:
    """What in the file cannot be run; never fails, and takes no longer than the checks while drawing.

    `files` are all the others that would stand beside it at `path`.
    """
    try:
        root = read_foreign(content)
    except FileRefused as refused:
        return Explanation(None, str(refused))
    known = named(root)
    remarks = [*_own_remarks(root), *vendor_remarks(root)]
    found = [
        Remark(element, known.get(element or "", ""), message, is_error)
        for element, message, is_error in remarks
    ]
    said = {(remark.element, _gist(remark.message)) for remark in found}
    for problem in (
        *check_file({**files, path: content}, path, names).problems,
        *_refused(root, path, content),
    ):
        if problem.file == path and (problem.element, _gist(problem.message)) not in said:
            remark = Remark(
                problem.element,
                known.get(problem.element or "", ""),
                problem.message,
                problem.level == "error",
            )
            found.append(remark)
    told = tuple(dict.fromkeys(_without_a_drawing(root, found)))
    if len(told) > MOST_REMARKS:
        told = (*told[:MOST_REMARKS], Remark(None, "", TOO_MANY))
    return Explanation(tool_of(root, content), None, told)


def _refused(root: Any, path: str, content: bytes) -> list[Problem]:
    """What the engine would not run of a process that is not named as its file, and so is not found by the check."""
    ids = [process.get("id") for process in root.iter(f"{{{BPMN}}}process")]
    return [
        Problem(path, refusal.element or None, refusal.message)
        for key in ids
        if key and f"{key}/{key}.bpmn" != path
        for refusal in refusals_in({path: content}, key)
    ]


def _without_a_drawing(root: Any, found: list[Remark]) -> list[Remark]:
    """One remark instead of one for each element, where the file has no drawing at all."""
    if any(local_name(element) == "BPMNShape" for element in root.iter()):
        return found
    kept = [remark for remark in found if "har ingen plats i ritningen" not in remark.message]
    return [Remark(None, "", NO_DRAWING), *kept]


def _gist(message: str) -> str:
    """What two sentences about the same fault have in common, so that it is told once."""
    for words, gist in _SAME.items():
        if words in message:
            return gist
    return message


_SAME: Final = {
    "Dataobjekt stöds inte": "data",
    "Fakta läses från ärendet": "data",
    "En inbäddad delprocess stöds inte": "subprocess",
    "Delprocessen": "subprocess",
    "saknar villkor": "condition",
    "ska ha en start": "start",
    "räknar tid i diagrammet": "timer",
    "saknar tid": "timer",
}
Found = Iterator[tuple[str | None, str, bool]]


def _own_remarks(root: Any) -> Found:
    """The causes for which most diagrams from elsewhere are refused, each told at its element."""
    processes = [child for child in root if namespace(child) == BPMN and local_name(child) == "process"]
    if not processes:
        yield (
            None,
            "Filen har ingen process att köra: den är bara ett samtal eller en bild av flera parter.",
            True,
        )
    if len(processes) > 1:
        yield (
            None,
            f"Filen har {len(processes)} processer. Lägg var och en i ett eget diagram; de talar genom händelser.",
            True,
        )
    yield from _repeated_ids(root)
    for process in processes:
        yield from _starts(process)
        for element in steps_of(process):
            yield from _choices(process, element)
            yield from _timers(element)
            yield from _sub_process(element)
            yield from _data(element)


def _repeated_ids(root: Any) -> Found:
    counted = Counter(element.get("id") for element in root.iter() if element.get("id"))
    for element, count in counted.items():
        if count > 1:
            message = f"{count} element har samma id, vilket händer när något kopieras. Ta bort eller döp om det ena."
            yield element, message, True


def _starts(process: Any) -> Found:
    starts = [child for child in process if local_name(child) == "startEvent"]
    if not starts:
        yield (
            process.get("id"),
            "Processen har ingen start; en process ska ha en start. Lägg till en starthändelse.",
            True,
        )


def _choices(process: Any, element: Any) -> Found:
    if local_name(element) != "exclusiveGateway":
        return
    name = element.get("name") or element.get("id") or ""
    leaving = [
        flow
        for flow in process
        if local_name(flow) == "sequenceFlow" and flow.get("sourceRef") == element.get("id")
    ]
    if len(leaving) < 2:
        return
    for flow in leaving:
        conditions = [child for child in flow if local_name(child) == "conditionExpression"]
        has_text = any((one.text or "").strip() for one in conditions)
        if not has_text and flow.get("id") != element.get("default"):
            words = f"Flödet ”{flow.get('name')}”" if flow.get("name") else "Ett flöde"
            message = (
                f"{words} från valet ”{name}” saknar villkor. Skriv det, eller gör flödet till standardflöde."
            )
            yield flow.get("id"), message, True


def _timers(element: Any) -> Found:
    for definition in element:
        if local_name(definition) != "timerEventDefinition":
            continue
        times = [child for child in definition if local_name(child).startswith("time")]
        text = (times[0].text or "").strip() if times else ""
        if not text:
            message = "Tidshändelsen saknar tid. Välj en av de namngivna tiderna, till exempel dagen för avhysningen."
            yield element.get("id"), message, True
        elif local_name(times[0]) != "timeDate":
            message = (
                f"Händelsen räknar tid i diagrammet ({text[:40]}). Här räknar ärendet ut tiden: "
                "välj en namngiven tid i stället."
            )
            yield element.get("id"), message, True


def _sub_process(element: Any) -> Found:
    if local_name(element) not in {"subProcess", "adHocSubProcess", "transaction"}:
        return
    inside = {local_name(child) for child in element}
    missing = [words for kind, words in (("startEvent", "start"), ("endEvent", "slut")) if kind not in inside]
    lacks = f" Den saknar också {' och '.join(missing)}." if missing else ""
    message = (
        f"Delprocessen ligger inuti diagrammet. Rita den som ett eget diagram och anropa det härifrån.{lacks}"
    )
    yield element.get("id"), message, True


def _data(element: Any) -> Found:
    kind = local_name(element)
    if kind in {"dataStoreReference", "dataObject", "dataObjectReference"}:
        name = f" ”{element.get('name')}”" if element.get("name") else ""
        store = "Datalagret" if kind == "dataStoreReference" else "Dataobjektet"
        yield element.get("id"), f"{store}{name} körs inte. Fakta läses från ärendet.", True
    if any(local_name(child) in {"dataInputAssociation", "dataOutputAssociation"} for child in element):
        yield element.get("id"), "Pilen till eller från data körs inte. Fakta läses från ärendet.", True
