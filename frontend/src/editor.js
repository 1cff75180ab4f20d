// The editor of a diagram: bpmn-js with the menus, words and checks of this system, and a panel of what it uses.
//
//   <div data-editor data-file="/…/mottagning.bpmn" data-revision="3" data-check="/…" data-catalogue="/…" data-edit="/…/redigera/">
import Modeler from "bpmn-js/lib/Modeler";
import minimap from "diagram-js-minimap";
import simulation from "bpmn-js-token-simulation";
import { changesTo } from "./editor/changes.js";
import { element as html, panelIn } from "./editor/controls.js";
import { menus } from "./editor/menus.js";
import { checkerFor } from "./editor/problems.js";
import { forget, keptHere, saverFor } from "./editor/saving.js";
import { sectionsFor } from "./editor/sections.js";
import spiffworkflow from "./editor/spiffworkflow.json";
import { translateSimulation, words } from "./editor/swedish.js";
import "./editor.css";

const PALETTE = 130;
const MARGIN = 24;
const READABLE = 0.8;

async function fetched(address, kind = "text") {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return answer[kind]();
}

function modelerIn(place) {
  const modeler = new Modeler({
    container: place,
    additionalModules: [menus, words, minimap, simulation],
    moddleExtensions: { spiffworkflow },
    minimap: { open: false },
  });
  translateSimulation(place);
  return modeler;
}

function contextOf(modeler, place, catalogue, say) {
  const registry = modeler.get("elementRegistry");
  const modeling = modeler.get("modeling");
  const change = changesTo(modeler);
  const files = new Set(catalogue.files);
  let answers = {};
  let problems = [];
  const context = {
    catalogue,
    change,
    modeling,
    say,
    formFrom: "",
    get: (id) => registry.get(id),
    lanes: () => registry.filter((one) => one.type === "bpmn:Lane"),
    steps: () => registry.filter((one) => one.type !== "label" && one.businessObject.$instanceOf("bpmn:FlowNode")),
    isTaken: (id) => modeler.get("moddle").ids.assigned(id) || catalogue.steps.includes(id),
    hasFile: (path) => files.has(path),
    editorOf: (path) => place.dataset.edit + path,
    answersAt: (step) => answers[step] ?? [],
    problemsAt: (id) => problems.filter(({ element }) => element === id),
    checked(told) {
      ({ answers, problems } = told);
    },
    select(element) {
      modeler.get("selection").select(element);
      modeler.get("canvas").scrollToElement(element, { top: 80, bottom: 80, left: 80, right: 80 });
    },
    append(source, kind) {
      const { type, eventDefinitionType, options } = kind;
      const shape = modeler.get("elementFactory").createShape({ type, eventDefinitionType, ...options });
      context.select(modeler.get("autoPlace").append(source, shape));
    },
    connect: (source, target) => modeling.connect(source, target),
    remove: (element) => modeling.removeElements([element]),
    chooseForm(path) {
      context.formFrom = path;
    },
    async createForm(path) {
      const empty = { title: "Nytt formulär", type: "object", properties: {}, required: [] };
      const content = context.formFrom
        ? await fetched(place.dataset.files + context.formFrom)
        : `${JSON.stringify(empty, null, 2)}\n`;
      const answer = await fetch(place.dataset.files + path, {
        method: "PUT",
        body: content,
        headers: { "If-Match": `"${place.dataset.base}"`, "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content },
      });
      if (answer.ok) {
        files.add(path);
        say("Formuläret är skapat.");
      } else {
        say("Formuläret gick inte att skapa. Försök igen.");
      }
      context.redraw();
    },
  };
  return context;
}

// The whole drawing beside the palette, never larger than it was drawn.
function showAll(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, (outer.width - PALETTE - MARGIN) / inner.width, (outer.height - 3 * MARGIN) / inner.height);
  const width = outer.width / scale;
  const height = outer.height / scale;
  const x = inner.x - PALETTE / scale - (width - (PALETTE + MARGIN) / scale - inner.width) / 2;
  canvas.viewbox({ x, y: inner.y - (height - inner.height) / 2, width, height });
}

// Marks on the elements that something is wrong with.
function markProblems(modeler, problems) {
  const overlays = modeler.get("overlays");
  const canvas = modeler.get("canvas");
  overlays.remove({ type: "problem" });
  modeler.get("elementRegistry").forEach((one) => canvas.removeMarker(one, "has-problem"));
  const byElement = Map.groupBy
    ? Map.groupBy(problems, ({ element }) => element)
    : problems.reduce((all, one) => all.set(one.element, [...(all.get(one.element) ?? []), one]), new Map());
  for (const [id, found] of byElement) {
    const shown = id && modeler.get("elementRegistry").get(id);
    if (shown && shown !== canvas.getRootElement()) {
      const isError = found.some(({ level }) => level !== "warning");
      const mark = html("span", { class: `problem-mark ${isError ? "error" : "warning"}`, title: found.map(({ message }) => message).join("\n") }, "!");
      overlays.add(shown, "problem", { position: shown.waypoints ? { top: -10, left: 0 } : { top: -10, right: 10 }, html: mark });
      canvas.addMarker(shown, "has-problem");
    }
  }
}

function toolbarOf(modeler) {
  const canvas = modeler.get("canvas");
  const stack = modeler.get("commandStack");
  const overview = modeler.get("minimap");
  const acts = {
    undo: () => stack.undo(),
    redo: () => stack.redo(),
    find: () => modeler.get("searchPad").toggle(),
    in: () => modeler.get("zoomScroll").stepZoom(1),
    out: () => modeler.get("zoomScroll").stepZoom(-1),
    fit: () => showAll(canvas),
    overview: () => overview.toggle(),
    keys: () => document.querySelector("[data-keys]").showModal(),
  };
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", acts[button.dataset.act]);
  }
  const refresh = () => {
    document.querySelector("[data-act=undo]").disabled = !stack.canUndo();
    document.querySelector("[data-act=redo]").disabled = !stack.canRedo();
  };
  modeler.on("commandStack.changed", refresh);
  refresh();
  // Nothing is changed during a trial run; what can be pressed in it is hidden when the drawing is small.
  modeler.on("tokenSimulation.toggleMode", ({ active }) => {
    document.querySelector(".properties").inert = active;
    if (active && canvas.zoom() < READABLE) {
      canvas.zoom(READABLE);
      canvas.scrollToElement(modeler.get("elementRegistry").find((one) => one.type === "bpmn:StartEvent"), { left: 160, top: 80, bottom: 80, right: 80 });
    }
  });
}

function panelOf(modeler, context, place) {
  const panel = panelIn(document.querySelector("[data-panel]"));
  const chooser = document.querySelector("[data-choose]");
  const selection = modeler.get("selection");
  const canvas = modeler.get("canvas");
  const whole = () => modeler.get("elementRegistry").find((one) => one.type === "bpmn:Participant") ?? canvas.getRootElement();

  function current() {
    const [one, another] = selection.get();
    if (another || !one) {
      return whole();
    }
    return one.type === "label" ? one.labelTarget : one;
  }

  function choices() {
    const own = current();
    const shown = modeler.get("elementRegistry").filter((one) => one.type !== "label" && (one.type === "bpmn:Lane" || one.businessObject.$instanceOf("bpmn:FlowNode")));
    const words = (one) => one.businessObject.name || one.id;
    const options = [whole(), ...shown.filter((one) => one !== whole()).sort((a, b) => words(a).localeCompare(words(b), "sv"))];
    chooser.replaceChildren(
      ...(options.includes(own) ? [] : [html("option", { value: own.id, selected: true }, words(own))]),
      ...options.map((one) => html("option", { value: one.id, selected: one === own }, words(one))),
    );
  }

  const here = document.querySelector("[data-here]");
  context.redraw = () => {
    panel.show(current().id, sectionsFor(current(), context));
    here.replaceChildren(...context.problemsAt(current().id).map(({ message }) => html("li", {}, message)));
    choices();
  };
  chooser.addEventListener("change", () => context.select(context.get(chooser.value)));
  modeler.on(["selection.changed", "elements.changed", "commandStack.changed", "element.updateId"], () => queueMicrotask(context.redraw));
  // Whoever goes on in the drawing has finished typing in the panel.
  place.addEventListener("pointerdown", () => panel.flush(), true);
  context.redraw();
}

async function open(place) {
  const notice = document.querySelector("[data-notice]");
  const say = (text) => {
    notice.textContent = text;
  };
  const [xml, catalogue] = await Promise.all([fetched(place.dataset.file), fetched(place.dataset.catalogue, "json")]);
  const kept = keptHere(place);
  const modeler = modelerIn(place);
  const isKept = kept && kept.content !== xml;
  if (isKept) {
    place.dataset.revision = kept.revision;
  }
  await modeler.importXML(isKept ? kept.content : xml);
  showAll(modeler.get("canvas"));
  const read = async () => (await modeler.saveXML({ format: true })).xml;
  const context = contextOf(modeler, place, catalogue, say);
  const saver = saverFor(place, { read });
  const checker = checkerFor(place, {
    read,
    found(told) {
      context.checked(told);
      markProblems(modeler, told.problems);
      context.redraw();
    },
    go: (id) => context.get(id) && context.select(context.get(id)),
  });
  toolbarOf(modeler);
  panelOf(modeler, context, place);
  modeler.on("commandStack.changed", () => {
    say("");
    saver.changed();
    checker.changed();
  });
  if (isKept) {
    say("Det här sparades i webbläsaren förra gången. Det läggs till förslaget nu.");
    saver.changed();
  } else if (kept) {
    forget(place);
  }
  place.modeler = modeler; // for who drives the page, such as a test
  place.dataset.shown = "yes";
  await checker.ask();
}

// On a narrow screen there is no room to draw, and nothing is opened until there is.
function openWhenThereIsRoom(place) {
  const watcher = new ResizeObserver(() => {
    if (place.offsetWidth) {
      watcher.disconnect();
      open(place).catch((problem) => {
        console.error(problem);
        place.dataset.shown = "no";
        document.querySelector("[data-notice]").textContent = place.dataset.unavailable;
      });
    }
  });
  watcher.observe(place);
}

document.querySelectorAll("[data-editor]").forEach(openWhenThereIsRoom);
