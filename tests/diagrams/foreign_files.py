"""Small diagrams of our own, written as other tools write theirs: their namespaces, their extensions, their habits."""

from __future__ import annotations

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def shape(element: str) -> str:
    return (
        f'<bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}">'
        '<dc:Bounds x="10" y="10" width="100" height="80"/></bpmndi:BPMNShape>'
    )


def file(inside: str, *, space: str = "", exporter: str = "", process: str = 'id="Process_1"') -> bytes:
    """A file with one process and a drawing."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<bpmn:definitions {NAMESPACES} {space} id="Definitions_1" targetNamespace="http://exempel.se" {exporter}>'
        f"<bpmn:process {process}>{inside}</bpmn:process>"
        '<bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane id="Plane_1" bpmnElement="Process_1">'
        f"{shape('Start_1')}{shape('Task_1')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
    ).encode()


def between(step: str) -> str:
    """A start, the step `Task_1`, and an end."""
    return (
        '<bpmn:startEvent id="Start_1"/><bpmn:sequenceFlow id="F1" sourceRef="Start_1" targetRef="Task_1"/>'
        f'{step}<bpmn:sequenceFlow id="F2" sourceRef="Task_1" targetRef="End_1"/><bpmn:endEvent id="End_1"/>'
    )


CAMUNDA_7 = file(
    between(
        '<bpmn:userTask id="Task_1" name="Kontrollera hyran" camunda:assignee="demo" camunda:dueDate="${frist}">'
        "<bpmn:extensionElements><camunda:formData>"
        '<camunda:formField id="hyranBetald" label="Är hyran betald?" type="boolean">'
        '<camunda:validation><camunda:constraint name="required"/></camunda:validation></camunda:formField>'
        '<camunda:formField id="grund" label="Grund" type="enum"><camunda:value id="a" name="Avtal"/>'
        "</camunda:formField>"
        '</camunda:formData><camunda:taskListener class="se.exempel.L" event="create"/></bpmn:extensionElements>'
        "</bpmn:userTask>"
    ),
    space='xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
    exporter='exporter="Camunda Modeler" exporterVersion="5.20.0"',
    process='id="Process_1" name="Hyreskoll" isExecutable="false" camunda:historyTimeToLive="180"',
)
CAMUNDA_8 = file(
    between(
        '<bpmn:serviceTask id="Task_1" name="Skicka brev"><bpmn:extensionElements>'
        '<zeebe:taskDefinition type="skicka-brev"/><zeebe:ioMapping><zeebe:input source="=a" target="b"/>'
        "</zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>"
    )
    + '<bpmn:callActivity id="Call_1"><bpmn:extensionElements><zeebe:calledElement processId="mottagning"/>'
    '</bpmn:extensionElements></bpmn:callActivity><bpmn:businessRuleTask id="Rule_1"><bpmn:extensionElements>'
    '<zeebe:calledDecision decisionId="bradska" resultVariable="r"/></bpmn:extensionElements></bpmn:businessRuleTask>',
    space='xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
    exporter='exporter="Camunda Web Modeler"',
)
SIGNAVIO = file(
    between(
        '<bpmn:task id="Task_1" name="Ring hyresgästen"><bpmn:extensionElements>'
        '<signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffcc"/></bpmn:extensionElements></bpmn:task>'
    )
    + '<bpmn:dataObject id="Data_1" name="Avtal"/><bpmn:dataStoreReference id="Store_1" name="Treserva"/>',
    space='xmlns:signavio="http://www.signavio.com"',
    exporter='exporter="Signavio Process Editor, http://www.signavio.com"',
)
BPMN_IO = file(
    between('<bpmn:manualTask id="Task_1" name="Packa pärmen"/>'),
    exporter='exporter="bpmn-js (https://demo.bpmn.io)" exporterVersion="17.0.0"',
)
BIZAGI = file(
    between(
        '<bpmn:userTask id="Task_1" name="Läs avtalet"><bpmn:extensionElements>'
        '<bizagi:BizagiExtensions><bizagi:BizagiProperties><bizagi:BizagiProperty name="bgColor" value="White"/>'
        "</bizagi:BizagiProperties></bizagi:BizagiExtensions></bpmn:extensionElements></bpmn:userTask>"
    ),
    space='xmlns:bizagi="http://www.bizagi.com/bpmn20"',
)
SPIFF_ARENA = file(
    between(
        '<bpmn:userTask id="Task_1" name="Läs avtalet"><bpmn:extensionElements>'
        "<spiffworkflow:instructionsForEndUser>Läs hela avtalet.</spiffworkflow:instructionsForEndUser>"
        "<spiffworkflow:preScript>x = 1</spiffworkflow:preScript></bpmn:extensionElements></bpmn:userTask>"
    ),
    space='xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"',
)
STYLES = {
    "Camunda 7": CAMUNDA_7,
    "Camunda 8": CAMUNDA_8,
    "Signavio": SIGNAVIO,
    "bpmn.io": BPMN_IO,
    "Bizagi": BIZAGI,
    "SpiffArena": SPIFF_ARENA,
}
