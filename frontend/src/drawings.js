// A drawing inside <details data-loads="/its/script.js" data-styles="/its/styles.css"> costs nothing until it is opened.
function load(details) {
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = details.dataset.styles;
  const script = document.createElement("script");
  script.src = details.dataset.loads;
  styles.addEventListener("load", () => document.head.append(script));
  document.head.append(styles);
}

for (const details of document.querySelectorAll("details[data-loads]")) {
  if (details.open) {
    load(details);
  } else {
    details.addEventListener("toggle", () => load(details), { once: true });
  }
}
