// The editor of a decision table: dmn-js with the table alone, Swedish words and only what our own evaluation knows.
//
//   <div data-table data-file="/…/bradska.dmn" data-revision="3" data-check="/…"></div>
import EditingManager from "dmn-js-shared/lib/base/EditingManager";
import DecisionTable from "dmn-js-decision-table/lib/Editor";
import { HIT_POLICIES } from "dmn-js-decision-table/lib/features/hit-policy/HitPolicies";
import { checkerFor } from "./editor/problems.js";
import { forget, keptHere, saverFor } from "./editor/saving.js";
import { words } from "./editor/swedish_table.js";
import "./table.css";

const policy = (hitPolicy, label, explanation, aggregation) => ({ label, value: { hitPolicy, aggregation }, explanation });

HIT_POLICIES.splice(
  0,
  HIT_POLICIES.length,
  policy("UNIQUE", "En rad (UNIQUE)", "Precis en rad gäller. Två som gäller samtidigt är ett fel."),
  policy("FIRST", "Första raden (FIRST)", "Raderna läses uppifrån; den första som gäller ger svaret."),
  policy("ANY", "Samma svar (ANY)", "Flera rader får gälla om de ger samma svar."),
  policy("COLLECT", "Alla rader (COLLECT)", "Alla rader som gäller ger svar."),
);

class Tables extends EditingManager {
  _getViewProviders() {
    const isTable = (one) => one.$type === "dmn:Decision" && one.decisionLogic?.$type === "dmn:DecisionTable";
    return [{ id: "decisionTable", constructor: DecisionTable, opens: isTable }];
  }
}

function tablesIn(place) {
  return new Tables({
    container: place,
    common: {
      dataTypes: ["string", "boolean", "number"],
      expressionLanguages: { options: [{ label: "FEEL", value: "feel" }], defaults: { editor: "feel" } },
    },
    decisionTable: { additionalModules: [words] },
  });
}

// Two titles are English in the library itself.
const TITLES = { "Move Input": "Flytta frågan", "Move Output": "Flytta svaret" };

function translateTitles(place) {
  new MutationObserver(() => {
    for (const [title, swedish] of Object.entries(TITLES)) {
      place.querySelectorAll(`[title="${title}"]`).forEach((one) => {
        one.title = swedish;
      });
    }
  }).observe(place, { childList: true, subtree: true });
}

async function open(place) {
  const answer = await fetch(place.dataset.file);
  const xml = await answer.text();
  const kept = keptHere(place);
  const isKept = kept && kept.content !== xml;
  if (isKept) {
    place.dataset.revision = kept.revision;
  }
  translateTitles(place);
  const tables = tablesIn(place);
  await tables.importXML(isKept ? kept.content : xml);
  const read = async () => (await tables.saveXML({ format: true })).xml;
  const saver = saverFor(place, { read });
  const checker = checkerFor(place, { read, found: () => {} });
  const stack = tables.getActiveViewer().get("commandStack");
  const acts = { undo: () => stack.undo(), redo: () => stack.redo() };
  const buttons = document.querySelectorAll("[data-act]");
  const refresh = () => {
    for (const button of buttons) {
      button.disabled = button.dataset.act === "undo" ? !stack.canUndo() : !stack.canRedo();
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", acts[button.dataset.act]);
  }
  tables.getActiveViewer().on("commandStack.changed", () => {
    refresh();
    saver.changed();
    checker.changed();
  });
  refresh();
  if (isKept) {
    saver.changed();
  } else if (kept) {
    forget(place);
  }
  place.tables = tables; // for who drives the page, such as a test
  place.dataset.shown = "yes";
  await checker.ask();
}

for (const place of document.querySelectorAll("[data-table]")) {
  open(place).catch((problem) => {
    console.error(problem);
    place.dataset.shown = "no";
    document.querySelector("[data-notice]").textContent = place.dataset.unavailable;
  });
}
