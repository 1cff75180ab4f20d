// Forms, letters and texts of a change proposal: saved while somebody writes, with the preview and the check beside them.
import { element } from "./editor/controls.js";
import { checkerFor } from "./editor/problems.js";
import { forget, keptHere, saverFor } from "./editor/saving.js";
import { isTyped } from "./typed.js";

const PAUSE = 600;
const token = () => document.querySelector("meta[name=csrf-token]").content;

// Shows what the server makes of the text or the fields.
function previewAt(address, body) {
  const preview = document.querySelector("[data-preview]");
  const rules = document.querySelector("[data-rules]");
  let waiting = 0;
  let asked = 0;

  async function show() {
    asked += 1;
    const mine = asked;
    const answer = await fetch(address, { method: "POST", body: body(), headers: { "X-CSRFToken": token() }, redirect: "manual" });
    if (!answer.ok || mine !== asked) {
      return null;
    }
    const shown = await answer.json();
    preview.innerHTML = shown.html; // our own template, in which what was typed is text
    if (rules) {
      rules.textContent = shown.rules;
    }
    return shown;
  }

  return (after = () => {}) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show().then((shown) => shown && after(shown)).catch(() => {}), PAUSE);
  };
}

function writeText(area) {
  const kept = keptHere(area);
  if (kept && kept.content !== area.value) {
    area.dataset.revision = kept.revision;
    area.value = kept.content;
  }
  const read = async () => area.value;
  const revision = area.form.elements.revision;
  const saver = saverFor(area, {
    read,
    saved: () => {
      revision.value = area.dataset.revision;
    },
  });
  const checker = checkerFor(area, { read, found: () => {} });
  const preview = area.dataset.previewAt ? previewAt(area.dataset.previewAt, () => area.value) : () => {};
  const changed = () => {
    saver.changed();
    checker.changed();
    preview();
  };
  area.addEventListener("input", changed);
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.addEventListener("click", () => {
      area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
      area.focus();
      changed();
    });
  }
  // The page's own button saves the same text; nothing is left to warn about.
  area.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    changed();
    await saver.save();
  });
  if (isTyped(area)) {
    changed();
  } else if (kept) {
    forget(area);
  }
  checker.ask();
}

// A page of one question: what is typed is saved; what changes the shape of the page loads it anew.
function writeFields(form) {
  const said = document.querySelector("[data-saved]");
  const list = form.querySelector("[data-problems]");
  const name = form.elements.name;
  const key = `kvarboende.verkstad ${form.action}?${form.elements.falt.value}`;
  let waiting = 0;
  let running = null;
  let isChanged = false;
  let isLeaving = false;

  // A name is changed once it is whole: not at each letter.
  function typed() {
    const fields = new FormData(form);
    fields.set("name", name.defaultValue);
    return fields;
  }

  function say(state, words, link) {
    said.dataset.state = state;
    said.replaceChildren(words, ...(link ? [" ", link] : []));
  }

  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };

  async function save() {
    await running;
    running = send();
    await running;
    running = null;
  }

  async function send() {
    waiting = 0;
    isChanged = false;
    const fields = typed();
    try {
      localStorage.setItem(key, JSON.stringify([...fields]));
    } catch {
      // A full storage: the page itself still holds what was typed and warns before it is left.
    }
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { "X-Saves-Itself": "yes" }, redirect: "manual" });
      const isOurs = answer.headers.get("Content-Type")?.includes("json") ?? false;
      const told = isOurs ? await answer.json() : {};
      if (answer.ok) {
        form.elements.revision.value = told.revision;
        // What was typed while this was on its way is not saved yet, and says so already.
        if (!isChanged) {
          const at = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
          say("saved", `Sparat ${at}`);
          localStorage.removeItem(key);
        }
        return;
      }
      isChanged = true;
      const isOut = answer.status === 401 || (answer.status === 400 && !isOurs);
      say("lost", told.detail ?? "Ändringen är inte sparad än, men finns i den här webbläsaren.", isOut && element("a", { href: form.dataset.signIn }, "Logga in och spara"));
    } catch {
      isChanged = true;
      say("lost", "Servern svarar inte. Ändringen finns i den här webbläsaren.");
    }
  }

  function restore(fields) {
    for (const control of form.elements) {
      const values = fields.filter(([one]) => one === control.name).map(([, value]) => value);
      if (["csrf_token", "revision", "gor", "falt", ""].includes(control.name)) {
        continue;
      }
      if (control.type === "checkbox" || control.type === "radio") {
        control.checked = values.includes(control.value);
      } else if (values.length) {
        [control.value] = values;
      }
    }
  }

  const preview = previewAt(form.dataset.previewAt, typed);
  const tell = ({ problems }) =>
    list.replaceChildren(
      ...problems.map(({ message }) => element("li", {}, element("p", {}, element("b", {}, "Fel"), element("span", {}, message)))),
      ...(problems.length ? [] : [element("li", { class: "fine" }, element("p", {}, "Inga fel i formuläret."))]),
    );

  function changed() {
    isChanged = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
    say("busy", "Ändrat …");
    preview(tell);
  }

  form.addEventListener("input", (event) => event.target !== name && changed());
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-reshapes]")) {
      form.requestSubmit();
    }
  });
  // A save that is on its way gives the form its new revision first.
  form.addEventListener("submit", async (event) => {
    clearTimeout(waiting);
    if (running) {
      event.preventDefault();
      await running;
      form.requestSubmit(event.submitter);
      return;
    }
    isLeaving = true;
    localStorage.removeItem(key);
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !isLeaving) {
      event.preventDefault();
    }
  });
  const shown = document.getElementById(form.dataset.shows);
  const aside = shown?.closest("aside");
  if (aside) {
    aside.scrollTop = shown.offsetTop - aside.clientHeight / 3;
  }
  const before = kept();
  if (before) {
    restore(before);
  }
  if (before || [...form.elements].some((control) => control !== name && isTyped(control))) {
    changed();
  }
}

document.querySelectorAll("[data-writes]").forEach(writeText);
document.querySelectorAll("[data-fields]").forEach(writeFields);
