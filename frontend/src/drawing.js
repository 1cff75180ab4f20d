// What every page with a drawing has in common: fetch the BPMN file, draw it, and put it in the middle of its place.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const MARGIN = 16;

export async function draw(place, address) {
  const answer = await fetch(address, { headers: { Accept: "application/xml" } });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${answer.statusText}`);
  }
  const viewer = new NavigatedViewer({ container: place });
  await viewer.importXML(await answer.text());
  fit(viewer.get("canvas"));
  return viewer;
}

// The whole of a box (the whole drawing unless told) in the middle with some air around it, never larger than drawn.
export function fit(canvas, box = canvas.viewbox().inner) {
  const { outer } = canvas.viewbox();
  const scale = Math.min(1, (outer.width - 2 * MARGIN) / box.width, (outer.height - 2 * MARGIN) / box.height);
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({ x: box.x - (width - box.width) / 2, y: box.y - (height - box.height) / 2, width, height });
}

// In the middle, large enough to be read.
export function lookAt(viewer, element) {
  const shape = viewer.get("elementRegistry").get(element);
  if (!shape) {
    return;
  }
  const canvas = viewer.get("canvas");
  const { outer } = canvas.viewbox();
  const points = shape.waypoints;
  const x = points ? points.reduce((sum, one) => sum + one.x, 0) / points.length : shape.x + shape.width / 2;
  const y = points ? points.reduce((sum, one) => sum + one.y, 0) / points.length : shape.y + shape.height / 2;
  const scale = Math.max(canvas.zoom(), 0.75);
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({ x: x - width / 2, y: y - height / 2, width, height });
}
