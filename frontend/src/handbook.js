// A walk through the steps of a process with the arrow keys. Down follows the flow, up goes back the same way, and left
// and right choose a way where there are several. The steps and links are there without it.
//
//   <div data-walk data-way="Väg {number} av {all}: {words}" data-end="…" data-start="…">
//     <p role="status" data-walk-says></p>
//     <section id="a" tabindex="-1" data-next="b c">…</section>
//     <li data-from="a" data-to="b"><p class="way-words">Ja</p>…</li>
//   </div>

function walk(place) {
  const says = place.querySelector("[data-walk-says]");
  const steps = [...place.querySelectorAll("[data-next]")];
  const chosen = new Map();
  const trail = [];
  const nexts = (step) => step.dataset.next.split(" ").filter((id) => id && document.getElementById(id));

  function stand(step) {
    for (const each of steps) {
      each.tabIndex = each === step ? 0 : -1;
    }
    step.focus();
    step.scrollIntoView({ block: "nearest" });
  }

  function choose(step, by) {
    const ways = nexts(step);
    if (ways.length < 2) {
      return;
    }
    const number = ((chosen.get(step.id) || 0) + by + ways.length) % ways.length;
    chosen.set(step.id, number);
    for (const way of place.querySelectorAll(`[data-from="${CSS.escape(step.id)}"]`)) {
      way.classList.toggle("is-chosen", way.dataset.to === ways[number]);
    }
    const way = place.querySelector(`[data-from="${CSS.escape(step.id)}"][data-to="${CSS.escape(ways[number])}"] > .way-words`);
    const words = (way || document.getElementById(ways[number]).querySelector("h3")).textContent.trim().replace(/\s+/g, " ");
    says.textContent = place.dataset.way
      .replace("{number}", number + 1)
      .replace("{all}", ways.length)
      .replace("{words}", words);
  }

  function goOn(step) {
    const to = nexts(step)[chosen.get(step.id) || 0];
    if (!to) {
      says.textContent = place.dataset.end;
      return;
    }
    trail.push(step.id);
    says.textContent = "";
    stand(document.getElementById(to));
  }

  function goBack(step) {
    const from = trail.pop() || steps[steps.indexOf(step) - 1]?.id;
    if (!from) {
      says.textContent = place.dataset.start;
      return;
    }
    says.textContent = "";
    stand(document.getElementById(from));
  }

  const keys = { ArrowDown: goOn, ArrowUp: goBack, ArrowRight: (step) => choose(step, 1), ArrowLeft: (step) => choose(step, -1) };
  place.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (act && "next" in event.target.dataset && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      act(event.target);
    }
  });
  if (steps.length) {
    steps[0].tabIndex = 0;
  }
}

for (const place of document.querySelectorAll("[data-walk]")) {
  walk(place);
}
