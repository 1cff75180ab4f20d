"""A small diagram, the browser bundle as it is built, and a page with the diagram on it in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

DIST = Path(__file__).resolve().parents[2] / "app" / "static" / "dist"
SITE = "http://kvarboende.test"

DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
    id="drawing" targetNamespace="http://kvarboende.test">
  <bpmn:process id="prov" isExecutable="true">
    <bpmn:userTask id="kontakta" name="Kontakta hyresvärden" />
    <bpmn:userTask id="besluta" name="Besluta" />
    <bpmn:userTask id="avsluta" name="Avsluta" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="plane">
    <bpmndi:BPMNPlane id="planet" bpmnElement="prov">
      <bpmndi:BPMNShape id="a" bpmnElement="kontakta"><dc:Bounds x="100" y="80" width="120" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="b" bpmnElement="besluta"><dc:Bounds x="300" y="80" width="120" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="c" bpmnElement="avsluta"><dc:Bounds x="500" y="80" width="120" height="80" /></bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""  # noqa: E501 -- a shape a line is easier to read

Show = Callable[..., None]


@pytest.fixture
def bundle() -> dict[str, str]:
    """Which file of the build is which."""
    found: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    return found


@pytest.fixture
def show(page: Page, bundle: dict[str, str]) -> Show:
    """Opens a page with a diagram on it; nothing leaves the computer."""

    def show_diagram(drawing: str = DIAGRAM, status: int = 200, **attributes: str) -> None:
        words = " ".join(f'data-{name}="{escape(value)}"' for name, value in attributes.items())
        html = f"""<!doctype html><html lang="sv"><head><title>Diagram</title>
            <link rel="stylesheet" href="/dist/{bundle["diagram.css"]}"></head>
            <body><div data-diagram="/prov.bpmn" style="height: 400px" {words}></div>
            <script src="/dist/{bundle["diagram.js"]}"></script></body></html>"""

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(SITE)
            if path.startswith("/dist/"):
                route.fulfill(path=DIST / path.removeprefix("/dist/"))
            elif path == "/prov.bpmn":
                route.fulfill(body=drawing, status=status, content_type="application/xml")
            else:
                route.fulfill(body=html, content_type="text/html; charset=utf-8")

        page.route("**/*", answer)
        page.goto(SITE)
        page.wait_for_selector("[data-shown]")

    return show_diagram
