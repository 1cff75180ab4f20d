// A read-only diagram: draws the BPMN file that an element names and marks where the case stands.
//
//   <div data-diagram="/path/to.bpmn"
//        data-now='{"kontakta_hyresvard": 1}'           step id -> how many times it is open
//        data-here="kontakta_hyresvard"                the step that the page is about, open or not
//        data-passed='["registrera_underrattelse"]'     step ids that have been passed
//        data-heat='{"kontakta_hyresvard": {…}}'        how much stands at each step (heat.js)
//        data-covered='["a"]' data-uncovered='["b"]'    what scenarios pass, steps and arrows (coverage.js)
//        data-unavailable="Diagrammet kan inte visas."></div>
//
// A step that the diagram does not draw (it lies in a called process) is left out.
import { showCoverage } from "./coverage.js";
import { draw } from "./drawing.js";
import { heat } from "./heat.js";
import { walkTheWay } from "./path.js";
import "./diagram.css";

function mark(viewer, stepId, state, text) {
  if (!viewer.get("elementRegistry").get(stepId)) {
    return;
  }
  viewer.get("canvas").addMarker(stepId, `diagram-${state}`);
  const label = document.createElement("span");
  label.className = `diagram-mark diagram-mark-${state}`;
  label.textContent = text;
  viewer.get("overlays").add(stepId, { position: { top: -12, left: 8 }, html: label });
}

async function show(place) {
  const now = JSON.parse(place.dataset.now || "{}");
  const passed = JSON.parse(place.dataset.passed || "[]");
  try {
    const viewer = await draw(place, place.dataset.diagram);
    const { here } = place.dataset;
    for (const stepId of passed.filter((stepId) => !(stepId in now) && stepId !== here)) {
      mark(viewer, stepId, "passed", "Klart");
    }
    if (here) {
      mark(viewer, here, "now", "Här är du");
    }
    for (const [stepId, count] of Object.entries(now).filter(([stepId]) => stepId !== here)) {
      mark(viewer, stepId, "now", count > 1 ? `Pågår (${count})` : "Pågår");
    }
    heat(viewer, JSON.parse(place.dataset.heat || "{}"));
    showCoverage(viewer, JSON.parse(place.dataset.covered || "[]"), JSON.parse(place.dataset.uncovered || "[]"));
    place.dataset.shown = "yes";
  } catch (problem) {
    console.error(problem);
    place.textContent = place.dataset.unavailable || "Diagrammet kan inte visas.";
    place.dataset.shown = "no";
  }
}

for (const place of document.querySelectorAll("[data-diagram]")) {
  show(place);
}

walkTheWay();
