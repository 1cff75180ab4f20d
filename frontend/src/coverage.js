// Marks on a drawing what the scenarios pass and what none of them passes: a sign beside each step, and lines that are
// dashed where nothing has gone.

function sign(viewer, element, passed) {
  const mark = document.createElement("span");
  mark.className = `coverage-sign ${passed ? "coverage-sign-passed" : "coverage-sign-unpassed"}`;
  mark.textContent = passed ? "✓" : "?";
  viewer.get("overlays").add(element, { position: { top: -10, right: 10 }, html: mark });
}

export function showCoverage(viewer, covered, uncovered) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  for (const [elements, passed] of [[covered, true], [uncovered, false]]) {
    for (const element of elements.filter((one) => registry.get(one))) {
      canvas.addMarker(element, passed ? "coverage-passed" : "coverage-unpassed");
      if (!registry.get(element).waypoints) {
        sign(viewer, element, passed);
      }
    }
  }
}
