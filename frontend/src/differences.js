// Two drawings side by side with what has changed marked on both. They move together, and a change in words shows its
// element.
//
//   <article data-compared>
//     <tr data-element="ta_stallning">… <a data-shows="ta_stallning" hidden>Visa på ritningen</a></tr>
//     <div class="pair"><div data-drawing="/path.bpmn" data-marks='{"ta_stallning": "changed"}' data-names='{…}'></div>…</div>
//   </article>
//
// The server has found the changes; nothing is compared here.
import { draw, fit, lookAt } from "./drawing.js";
import "./diagram.css";
import "./differences.css";

const SIGNS = { added: "+", removed: "−", changed: "~", moved: "↔" };

function mark(viewer, element, kind, words, row) {
  const shape = viewer.get("elementRegistry").get(element);
  if (!shape) {
    return;
  }
  viewer.get("canvas").addMarker(element, `diff-${kind}`);
  const sign = document.createElement(row ? "a" : "span");
  sign.className = `diff-sign diff-sign-${kind}`;
  sign.textContent = SIGNS[kind];
  sign.title = words;
  if (row) {
    sign.href = `#${row.id}`;
    sign.setAttribute("aria-label", `${words}: ${shape.businessObject.name || element}`);
  }
  const middle = shape.waypoints && shape.waypoints[Math.floor(shape.waypoints.length / 2)];
  const position = middle
    ? { left: (middle.x + shape.waypoints[0].x) / 2 - shape.x - 10 || 0, top: (middle.y + shape.waypoints[0].y) / 2 - shape.y - 10 || 0 }
    : { top: -10, left: -10 };
  viewer.get("overlays").add(element, { position, html: sign });
}

async function show(place, rows) {
  const viewer = await draw(place, place.dataset.drawing);
  const names = JSON.parse(place.dataset.names);
  for (const [element, kind] of Object.entries(JSON.parse(place.dataset.marks))) {
    mark(viewer, element, kind, names[kind], rows.get(element));
  }
  place.dataset.shown = "yes";
  return viewer;
}

// The same part of both, so that the eye can go from one to the other.
function keepTogether(viewers) {
  const boxes = viewers.map((viewer) => viewer.get("canvas").viewbox().inner);
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const whole = {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
  let following = false;
  for (const viewer of viewers) {
    fit(viewer.get("canvas"), whole);
    viewer.on("canvas.viewbox.changed", ({ viewbox }) => {
      if (following) {
        return;
      }
      following = true;
      for (const other of viewers.filter((one) => one !== viewer)) {
        other.get("canvas").viewbox({ x: viewbox.x, y: viewbox.y, width: viewbox.width, height: viewbox.height });
      }
      following = false;
    });
  }
}

function point(article, viewers, element) {
  for (const here of article.querySelectorAll(".is-here")) {
    here.classList.remove("is-here");
  }
  for (const row of article.querySelectorAll(`[data-element="${CSS.escape(element)}"]`)) {
    row.classList.add("is-here");
  }
  for (const viewer of viewers) {
    const canvas = viewer.get("canvas");
    for (const shape of viewer.get("elementRegistry").filter((one) => canvas.hasMarker(one, "diff-here"))) {
      canvas.removeMarker(shape, "diff-here");
    }
    if (viewer.get("elementRegistry").get(element)) {
      canvas.addMarker(element, "diff-here");
    }
  }
  const seen = viewers.find((viewer) => viewer.get("elementRegistry").get(element));
  if (seen) {
    lookAt(seen, element);
  }
}

async function compare(article) {
  const rows = new Map();
  for (const row of article.querySelectorAll("tr[data-element]")) {
    rows.set(row.dataset.element, rows.get(row.dataset.element) || row);
  }
  const places = [...article.querySelectorAll("[data-drawing]")];
  try {
    const viewers = await Promise.all(places.map((place) => show(place, rows)));
    if (viewers.length > 1) {
      keepTogether(viewers);
    }
    for (const link of article.querySelectorAll("[data-shows]")) {
      const { shows } = link.dataset;
      if (viewers.some((viewer) => viewer.get("elementRegistry").get(shows))) {
        link.hidden = false;
        link.addEventListener("click", () => point(article, viewers, shows));
      }
    }
  } catch (problem) {
    console.error(problem);
    for (const place of places) {
      place.textContent = place.dataset.unavailable;
      place.dataset.shown = "no";
    }
  }
}

// Drawn when it comes near what is seen: a release may change forty diagrams.
const coming = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) {
        coming.unobserve(target);
        compare(target.closest("[data-compared]"));
      }
    }
  },
  { rootMargin: "600px" },
);
for (const pair of document.querySelectorAll("[data-compared] .pair")) {
  coming.observe(pair);
}
