// The way to a fault, walked on the drawing: buttons, arrow keys, or a press on a step. The page has the whole way as
// text, a list in which each line says which step or arrow of which drawing it is about.
//
//   <div data-way data-of="Steg {number} av {count}">
//     <ol><li data-way-step="kontakta_hyresvard" data-way-drawing="/path/to.bpmn">…</li></ol>
//     <div data-way-canvas></div>
//   </div>
import { draw, lookAt } from "./drawing.js";
import "./path.css";

class Walk {
  constructor(place) {
    this.place = place;
    this.canvas = place.querySelector("[data-way-canvas]");
    this.title = place.querySelector("[data-way-title]");
    this.said = place.querySelector("[data-way-said]");
    this.steps = [...place.querySelectorAll("[data-way-step]")];
    this.titles = [];
    this.at = 0;
    this.asked = 0;
    this.listen();
  }

  listen() {
    const buttons = this.place.querySelector(".walk-buttons");
    this.back = buttons.querySelector("[data-way-back]");
    this.on = buttons.querySelector("[data-way-on]");
    buttons.hidden = false;
    this.back.addEventListener("click", () => this.go(this.at - 1));
    this.on.addEventListener("click", () => this.go(this.at + 1));
    this.steps.forEach((step, number) => {
      const where = step.querySelector(".where");
      this.titles.push(where ? where.textContent : this.titles.at(-1));
      const what = step.querySelector(".what");
      const button = document.createElement("button");
      button.type = "button";
      button.append(...what.childNodes);
      button.addEventListener("click", () => this.go(number));
      what.append(button);
    });
    document.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, [contenteditable]")) {
        return;
      }
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by) {
        event.preventDefault();
        this.go(this.at + by);
      }
    });
  }

  async go(number) {
    if (number < 0 || number >= this.steps.length) {
      return;
    }
    this.at = number;
    this.asked += 1;
    const mine = this.asked;
    this.tell();
    try {
      await this.draw();
      if (mine === this.asked) {
        this.mark();
      }
    } catch (problem) {
      console.error(problem);
      this.drawn = undefined;
      this.canvas.textContent = this.place.dataset.unavailable;
    }
  }

  tell() {
    this.steps.forEach((step, number) => {
      if (number === this.at) {
        step.setAttribute("aria-current", "step");
        step.scrollIntoView({ block: "nearest" });
      } else {
        step.removeAttribute("aria-current");
      }
    });
    const of = this.place.dataset.of.replace("{number}", this.at + 1).replace("{count}", this.steps.length);
    this.said.textContent = `${of}: ${this.steps[this.at].querySelector(".what").textContent}`;
    this.title.textContent = this.titles[this.at];
    this.back.disabled = this.at === 0;
    this.on.disabled = this.at === this.steps.length - 1;
  }

  // One drawing at a time: another one takes the place of the one before.
  async draw() {
    const address = this.steps[this.at].dataset.wayDrawing;
    if (this.drawn?.address !== address) {
      const place = document.createElement("div");
      place.className = "way-drawing";
      this.canvas.replaceChildren(place);
      this.drawn = { address, viewer: draw(place, address) };
    }
    await this.drawn.viewer;
  }

  async mark() {
    const { address, viewer: drawing } = this.drawn;
    const viewer = await drawing;
    const registry = viewer.get("elementRegistry");
    const canvas = viewer.get("canvas");
    viewer.get("overlays").clear();
    for (const element of registry.getAll()) {
      canvas.removeMarker(element, "way-passed");
      canvas.removeMarker(element, "way-here");
    }
    for (const [number, step] of this.steps.entries()) {
      if (number <= this.at && step.dataset.wayDrawing === address && registry.get(step.dataset.wayStep)) {
        canvas.addMarker(step.dataset.wayStep, number === this.at ? "way-here" : "way-passed");
        this.number(viewer, step.dataset.wayStep, number);
      }
    }
    lookAt(viewer, this.steps[this.at].dataset.wayStep);
    this.place.dataset.shown = String(this.at + 1);
  }

  // The number of the step in the list, on the drawing. A step that is passed several times shows the last one.
  number(viewer, element, number) {
    const sign = document.createElement("span");
    sign.className = `way-sign${number === this.at ? " way-sign-here" : ""}`;
    sign.textContent = number + 1;
    viewer.get("overlays").remove({ element });
    viewer.get("overlays").add(element, { position: corner(viewer.get("elementRegistry").get(element)), html: sign });
  }
}

// At the upper left corner of a step, on the middle of an arrow.
function corner({ waypoints }) {
  if (!waypoints) {
    return { left: -12, top: -12 };
  }
  const left = Math.min(...waypoints.map(({ x }) => x));
  const top = Math.min(...waypoints.map(({ y }) => y));
  const half = Math.floor((waypoints.length - 1) / 2);
  const [one, other] = [waypoints[half], waypoints[half + 1]];
  return { left: (one.x + other.x) / 2 - left - 12, top: (one.y + other.y) / 2 - top - 12 };
}

export function walkTheWay() {
  for (const place of document.querySelectorAll("[data-way]")) {
    new Walk(place).go(0);
  }
}
