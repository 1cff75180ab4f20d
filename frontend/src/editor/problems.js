// Asks the server what is wrong with the file while it is being changed, lists it in words and marks it where it is.
import { element } from "./controls.js";

const PAUSE = 700;

export function checkerFor(place, { read, found, go }) {
  const list = document.querySelector("[data-problems]");
  const count = document.querySelector("[data-problem-count]");
  let waiting = 0;
  let asked = 0;

  function line(problem) {
    const kind = problem.level === "warning" ? "Bör rättas" : "Fel";
    const words = [element("b", {}, kind), element("span", {}, problem.message)];
    const isHere = problem.element && go;
    return element(
      "li",
      { class: problem.level },
      isHere ? element("button", { type: "button", onclick: () => go(problem.element) }, ...words) : element("p", {}, ...words),
    );
  }

  function show({ problems }) {
    const errors = problems.filter(({ level }) => level !== "warning").length;
    const warnings = problems.length - errors;
    const words = errors ? (errors === 1 ? "1 fel" : `${errors} fel`) : "Inga fel";
    count.textContent = warnings ? `${words}, ${warnings} att se över` : words;
    count.dataset.state = errors ? "wrong" : "right";
    list.replaceChildren(...problems.map(line));
  }

  async function ask() {
    asked += 1;
    const mine = asked;
    try {
      const answer = await fetch(place.dataset.check, {
        method: "POST",
        body: await read(),
        redirect: "manual",
        headers: {
          "Content-Type": "text/plain; charset=utf-8",
          "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content,
        },
      });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      const told = await answer.json();
      if (mine === asked) {
        show(told);
        found(told);
      }
    } catch {
      count.textContent = "Kontrollen svarar inte just nu";
      count.dataset.state = "unknown";
    }
  }

  return {
    ask,
    changed() {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    },
  };
}
