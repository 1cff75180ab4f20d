"""Opens a file that somebody has drawn elsewhere, and says what kind of file it is when it is no BPMN diagram."""

from __future__ import annotations

import re
from typing import Any, Final

from processes.engine.xml_input import BPMN, FileRefused, local_name, namespace, read_xml

_BEGINNINGS: Final = (
    (
        b"PK\x03\x04",
        "Filen är ett paket (till exempel från Bizagi eller Visio), inte ett diagram. Exportera som BPMN 2.0.",
    ),
    (b"%PDF", "Filen är en PDF. Exportera diagrammet som BPMN 2.0 (.bpmn)."),
    (b"\x89PNG", "Filen är en bild. Exportera diagrammet som BPMN 2.0 (.bpmn)."),
    (b"\xff\xd8\xff", "Filen är en bild. Exportera diagrammet som BPMN 2.0 (.bpmn)."),
    (b"\xd0\xcf\x11\xe0", "Filen är ett Office-dokument. Exportera diagrammet som BPMN 2.0 (.bpmn)."),
)
_ROOTS: Final = {
    "svg": "Filen är en bild (SVG). Exportera diagrammet som BPMN 2.0 (.bpmn).",
    "html": "Filen är en webbsida. Exportera diagrammet som BPMN 2.0 (.bpmn).",
    "Package": "Filen är XPDL, ett äldre format. Exportera diagrammet som BPMN 2.0 (.bpmn).",
    "XMI": "Filen är en UML-modell. Exportera diagrammet som BPMN 2.0 (.bpmn).",
    "mxfile": "Filen är från draw.io, som bara ritar. Rita om diagrammet i ett BPMN-verktyg eller här.",
    "mxGraphModel": "Filen är från draw.io, som bara ritar. Rita om diagrammet i ett BPMN-verktyg eller här.",
}
_NO_BPMN: Final = "Filen är XML, men inget BPMN 2.0-diagram. Exportera som BPMN 2.0 (.bpmn)."
_TOOLS: Final = (
    (b"http://camunda.org/schema/zeebe/1.0", "Camunda 8"),
    (b"http://camunda.org/schema/1.0/bpmn", "Camunda 7"),
    (b"http://www.signavio.com", "Signavio"),
    (b"http://www.bizagi.com", "Bizagi"),
    (b"http://flowable.org/bpmn", "Flowable"),
    (b"http://activiti.org/bpmn", "Activiti"),
    (b"http://www.jboss.org/drools", "jBPM"),
)
_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
_DECLARED: Final = re.compile(r"""^(\s*<\?xml[^>]*?\bencoding\s*=\s*["'])[\w.-]+(["'])""")
_EXPORTER: Final = re.compile(r"[\w .()+/:-]{1,60}")


def read_foreign(content: bytes) -> Any:
    """The root of the BPMN file. Raises FileRefused, with a sentence that says what kind of file it is instead."""
    for beginning, sentence in _BEGINNINGS:
        if content.startswith(beginning):
            raise FileRefused(sentence)
    if content.lstrip()[:1] in {b"{", b"["}:
        raise FileRefused(
            "Filen är JSON, inte ett diagram. Ett formulär laddas upp för sig, med namn som slutar på .json."
        )
    root = read_xml(content)
    if local_name(root) == "definitions" and namespace(root) == BPMN:
        return root
    space = namespace(root) or ""
    if "CMMN" in space:
        raise FileRefused(
            "Filen är ett ärendediagram (CMMN), vilket inte stöds. Rita processen som BPMN 2.0."
        )
    if "DMN" in space:
        raise FileRefused("Filen är en beslutstabell (DMN). Ladda upp den med ett namn som slutar på .dmn.")
    raise FileRefused(_ROOTS.get(local_name(root), _NO_BPMN))


def tool_of(root: Any, content: bytes) -> str | None:
    """The tool that wrote the file, as far as it says so."""
    named = next((tool for space, tool in _TOOLS if space in content), None)
    exporter = root.get("exporter", "").strip()
    if not _EXPORTER.fullmatch(exporter):
        return named
    return f"{exporter} ({named})" if named else exporter


def as_utf_8(content: bytes) -> bytes:
    """A text in any encoding that it names itself, or in Windows' letters, as UTF-8 without a mark at its beginning.

    An XML file says afterwards that it is UTF-8. Raises FileRefused.
    """
    named = _ENCODING.search(content[:200])
    wanted = [named[1].decode("ascii")] if named else []
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        wanted = ["utf-16"]
    for encoding in (*wanted, "utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
        return _DECLARED.sub(r"\1UTF-8\2", text, count=1).encode()
    raise FileRefused("Filens text går inte att läsa. Spara den i UTF-8.")
