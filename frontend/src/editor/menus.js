// The palette, the menu around a selected element and the menu in which its kind is changed: only what the engine runs.
import BpmnFactory from "bpmn-js/lib/features/modeling/BpmnFactory";
import { IN_PALETTE, KINDS, NOTE, idPrefix, mayBecome, mayFollow } from "./kinds.js";

const capital = (words) => words[0].toUpperCase() + words.slice(1);
const attributes = ({ type, eventDefinitionType, options }) => ({
  type,
  ...(eventDefinitionType && { eventDefinitionType }),
  ...options,
});

class Palette {
  static $inject = ["palette", "create", "elementFactory", "handTool", "lassoTool", "spaceTool", "globalConnect"];

  constructor(palette, create, elementFactory, handTool, lassoTool, spaceTool, globalConnect) {
    Object.assign(this, { create, elementFactory, handTool, lassoTool, spaceTool, globalConnect });
    palette.registerProvider(this);
  }

  getPaletteEntries() {
    const tool = (icon, title, click) => ({ group: "tools", className: `bpmn-icon-${icon}`, title, action: { click } });
    const entries = {
      "hand-tool": tool("hand-tool", "Flytta hela ritningen", (event) => this.handTool.activateHand(event)),
      "lasso-tool": tool("lasso-tool", "Markera flera med en ruta", (event) => this.lassoTool.activateSelection(event)),
      "space-tool": tool("space-tool", "Skapa eller ta bort utrymme", (event) => this.spaceTool.activateSelection(event)),
      "global-connect-tool": tool("connection-multi", "Dra en pil", (event) => this.globalConnect.start(event)),
    };
    for (const [group, keys] of IN_PALETTE) {
      for (const key of keys) {
        entries[`create.${key}`] = this.maker(group, KINDS[key]);
      }
    }
    entries["create.note"] = this.maker("artifact", NOTE);
    return entries;
  }

  maker(group, kind) {
    const start = (event) => this.create.start(event, this.elementFactory.createShape(attributes(kind)));
    return {
      group,
      className: `bpmn-icon-${kind.icon}`,
      title: `Ny: ${kind.name}`,
      action: { dragstart: start, click: start },
    };
  }
}

class ContextPad {
  static $inject = [
    "contextPad", "modeling", "elementFactory", "connect", "create", "popupMenu", "rules", "autoPlace", "appendPreview",
    "eventBus",
  ]; // prettier-ignore

  constructor(contextPad, modeling, elementFactory, connect, create, popupMenu, rules, autoPlace, appendPreview, eventBus) {
    Object.assign(this, { contextPad, modeling, elementFactory, connect, create, popupMenu, rules, autoPlace, appendPreview });
    contextPad.registerProvider(this);
    eventBus.on("contextPad.close", () => appendPreview.cleanUp());
  }

  getMultiElementContextPadEntries(elements) {
    return this.deletion(elements);
  }

  getContextPadEntries(element) {
    const { type } = element;
    if (type === "label") {
      return this.deletion([element]);
    }
    const entries = {};
    const isStep = element.businessObject.$instanceOf("bpmn:FlowNode");
    if (isStep) {
      for (const kind of mayFollow(type)) {
        entries[`append.${kind.icon}`] = this.appending(kind);
      }
    }
    if (type === "bpmn:Lane" || type === "bpmn:Participant") {
      Object.assign(entries, this.lanes());
    }
    if (mayBecome(element).length) {
      entries.replace = this.replacing();
    }
    if (isStep || type === "bpmn:TextAnnotation") {
      const connect = (event, from) => this.connect.start(event, from);
      entries.connect = {
        group: "connect",
        className: "bpmn-icon-connection-multi",
        title: "Dra en pil härifrån",
        action: { click: connect, dragstart: connect },
      };
    }
    if (isStep) {
      entries["append.note"] = this.appending(NOTE);
    }
    return { ...entries, ...this.deletion([element]) };
  }

  deletion(elements) {
    const allowed = this.rules.allowed("elements.delete", { elements });
    const all = Array.isArray(allowed) ? elements.every((element) => allowed.includes(element)) : allowed;
    const click = () => this.modeling.removeElements([...elements]);
    return all
      ? { delete: { group: "edit", className: "bpmn-icon-trash", title: "Ta bort", action: { click } } }
      : {};
  }

  appending(kind) {
    const shape = () => this.elementFactory.createShape(attributes(kind));
    return {
      group: "model",
      className: `bpmn-icon-${kind.icon}`,
      title: `Lägg till efter: ${kind.name}`,
      action: {
        click: (_, source) => this.autoPlace.append(source, shape()),
        dragstart: (event, source) => this.create.start(event, shape(), { source }),
        hover: (_, source) => {
          const { type, ...options } = attributes(kind);
          this.appendPreview.create(source, type, options);
          return () => this.appendPreview.cleanUp();
        },
      },
    };
  }

  lanes() {
    const adding = (place, icon, title) => ({
      group: "model",
      className: `bpmn-icon-lane-insert-${icon}`,
      title,
      action: { click: (_, lane) => this.modeling.addLane(lane, place) },
    });
    return {
      "lane-insert-above": adding("top", "above", "Lägg till en bana ovanför"),
      "lane-insert-below": adding("bottom", "below", "Lägg till en bana nedanför"),
    };
  }

  replacing() {
    return {
      group: "edit",
      className: "bpmn-icon-screw-wrench",
      title: "Byt slag",
      action: {
        click: (event, element) => {
          const place = this.contextPad.getPad(element).html.getBoundingClientRect();
          const position = { x: place.left, y: place.bottom + 5, cursor: { x: event.x, y: event.y } };
          this.popupMenu.open(element, "bpmn-replace", position, { title: "Byt slag", width: 320 });
        },
      },
    };
  }
}

class ReplaceMenu {
  static $inject = ["popupMenu", "bpmnReplace"];

  constructor(popupMenu, bpmnReplace) {
    this.bpmnReplace = bpmnReplace;
    popupMenu.registerProvider("bpmn-replace", this);
  }

  getPopupMenuEntries(element) {
    if (Array.isArray(element)) {
      return {};
    }
    return Object.fromEntries(
      mayBecome(element).map((kind) => [
        `replace.${kind.icon}`,
        {
          label: capital(kind.name),
          className: `bpmn-icon-${kind.icon}`,
          action: () => this.bpmnReplace.replaceElement(element, attributes(kind)),
        },
      ]),
    );
  }
}

// A step's id is its name for ever: new ones begin with a Swedish word in small letters, as the rules of ids ask.
class Factory extends BpmnFactory {
  static $inject = ["moddle"];

  _ensureId(element) {
    const prefix = element.id ? null : idPrefix(element);
    if (prefix) {
      element.id = this._model.ids.nextPrefixed(`${prefix}_`, element);
    } else {
      super._ensureId(element);
    }
  }
}

export const menus = {
  paletteProvider: ["type", Palette],
  contextPadProvider: ["type", ContextPad],
  replaceMenuProvider: ["type", ReplaceMenu],
  bpmnFactory: ["type", Factory],
};
