// Every change that the panel makes to a drawing; all go through the modeler, so that each can be undone in one step.
import * as extensions from "./extensions.js";

// Several changes as one step back.
class Together {
  preExecute({ steps }) {
    steps.forEach((step) => step());
  }
}

const slug = (name) =>
  name
    .toLowerCase()
    .replace(/å|ä/g, "a")
    .replace(/ö/g, "o")
    .replace(/é/g, "e")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 60);

const IS_GIVEN = /^(steg|val|samtidigt|vantar|handelse|tidpunkt|slut|start)_[a-z0-9]{7}$/;

export function changesTo(modeler) {
  const modeling = modeler.get("modeling");
  const moddle = modeler.get("moddle");
  const registry = modeler.get("elementRegistry");
  const commandStack = modeler.get("commandStack");
  const create = (type, attributes) => moddle.create(type, attributes);
  commandStack.registerHandler("editor.together", Together);
  const together = (...steps) => commandStack.execute("editor.together", { steps });
  const update = (element, values) => modeling.updateProperties(element, values);
  const extend = (element, next) => update(element, { extensionElements: next });
  const definitions = () => modeler.getDefinitions();

  function named(element, name) {
    const { id } = element.businessObject;
    const wanted = slug(name);
    const isFree = wanted && !registry.get(wanted) && !moddle.ids.assigned(wanted);
    if (element.businessObject.$instanceOf("bpmn:FlowNode") && IS_GIVEN.test(id) && isFree) {
      together(
        () => modeling.updateLabel(element, name),
        () => update(element, { id: wanted }),
      );
    } else {
      modeling.updateLabel(element, name);
    }
  }

  function documented(element, text) {
    const others = (element.businessObject.documentation ?? []).slice(1);
    const first = text.trim() ? [create("bpmn:Documentation", { text })] : [];
    update(element, { documentation: [...first, ...others] });
  }

  const isAsked = (message) =>
    registry.some(({ businessObject }) =>
      (businessObject.eventDefinitions ?? []).some((one) => one.messageRef === message),
    );

  // The event that an element waits for; a message that nothing waits for any more goes out of the file.
  function waitingFor(element, event) {
    const [definition] = element.businessObject.eventDefinitions;
    const before = definition.messageRef;
    const known = definitions().rootElements;
    const there = known.find((one) => one.$type === "bpmn:Message" && one.name === event);
    const message = there ?? create("bpmn:Message", { id: `message_${event.replaceAll(".", "_")}`, name: event });
    message.$parent = definitions();
    together(
      () => modeling.updateModdleProperties(element, definition, { messageRef: event ? message : undefined }),
      () => {
        const kept = known.filter((one) => one !== before || one === message || isAsked(one));
        const next = there || !event ? kept : [...kept, message];
        modeling.updateModdleProperties(element, definitions(), { rootElements: next });
      },
    );
  }

  function waitingUntil(element, fact) {
    const [definition] = element.businessObject.eventDefinitions;
    const timeDate = fact ? create("bpmn:FormalExpression", { body: fact }) : undefined;
    if (timeDate) {
      timeDate.$parent = definition;
    }
    modeling.updateModdleProperties(element, definition, { timeDate, timeDuration: undefined, timeCycle: undefined });
  }

  function conditioned(flow, text) {
    const conditionExpression = text.trim() ? create("bpmn:FormalExpression", { body: text.trim() }) : undefined;
    update(flow, { conditionExpression });
  }

  // The way that is taken when no condition holds; it can have no condition itself.
  function defaulted(gateway, flow) {
    together(
      () => update(gateway, { default: flow?.businessObject }),
      () => flow?.businessObject.conditionExpression && update(flow, { conditionExpression: undefined }),
    );
  }

  // Moves a step to a lane: to the place in it that is free and nearest.
  function moved(element, lane) {
    const { width, height } = element;
    const others = registry.filter(
      (one) => one !== element && one.parent === element.parent && one.waypoints === undefined && one.type !== "bpmn:Lane" && one.type !== "label",
    );
    const isFree = (y) =>
      others.every((one) => one.host === element || one.x > element.x + width + 10 || one.x + one.width + 10 < element.x || one.y > y + height + 10 || one.y + one.height + 10 < y);
    const places = [];
    for (let y = lane.y + 10; y + height + 10 <= lane.y + lane.height; y += 10) {
      places.push(y);
    }
    const middle = lane.y + lane.height / 2 - height / 2;
    const nearest = (list) => list.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
    const y = nearest(places.filter(isFree)) ?? middle;
    modeling.moveElements([element], { x: 0, y: y - element.y }, element.parent, { autoResize: false });
  }

  return {
    create,
    named,
    documented,
    waitingFor,
    waitingUntil,
    conditioned,
    defaulted,
    moved,
    update,
    renamed: (element, id) => update(element, { id }),
    withProperty: (element, name, value) =>
      extend(element, extensions.withProperty(element.businessObject, name, value, create)),
    withOperation: (element, id, told) =>
      extend(element, extensions.withOperation(element.businessObject, id, told, create)),
    withDecision: (element, key) => extend(element, extensions.withDecision(element.businessObject, key, create)),
  };
}
