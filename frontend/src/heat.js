// How much stands at each step of a drawing: a shade, and the number as a link to the tasks.
//
//   data-heat='{"kontakta_hyresvard": {"text": "47 · 9 försenade", "title": "Kontakta hyresvärden: 47 …",
//               "level": 4, "late": true, "href": "/inkorg?…"}}'
import "./heat.css";

function numberOf({ text, title, late, href }) {
  const number = document.createElement(href ? "a" : "span");
  number.className = `heat-number${late ? " heat-late" : ""}`;
  number.textContent = text;
  number.title = title;
  if (href) {
    number.href = href;
    number.setAttribute("aria-label", title);
  }
  return number;
}

export function heat(viewer, steps) {
  const shapes = viewer.get("elementRegistry");
  for (const [stepId, told] of Object.entries(steps)) {
    const shape = shapes.get(stepId);
    if (!shape) {
      continue;
    }
    if (told.level) {
      viewer.get("canvas").addMarker(stepId, `heat-${told.level}`);
    }
    const holder = document.createElement("div");
    holder.className = "heat-holder";
    holder.append(numberOf(told));
    viewer.get("overlays").add(stepId, { position: { top: -13, right: 14 }, html: holder });
  }
}
