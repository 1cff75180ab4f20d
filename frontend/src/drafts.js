// A form with data-draft="/address" saves itself as a draft while somebody types, and when the page is left.
import { isTyped } from "./typed.js";

const WAIT = 1200;

function keep(form) {
  const said = form.querySelector("[data-draft-said]");
  let waiting = 0;
  let isChanged = false;
  let isSent = false;
  let isLeaving = false;

  async function save() {
    waiting = 0;
    isChanged = false;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Saves-Itself": "yes" },
        redirect: "manual",
      });
      if (answer.status !== 204) {
        throw new Error(String(answer.status));
      }
      const at = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
      said.textContent = `${said.dataset.saved} ${at}`;
      said.classList.remove("lost");
    } catch {
      isChanged = true;
      said.textContent = said.dataset.lost;
      said.classList.add("lost");
    }
  }

  function changed() {
    isChanged = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, WAIT);
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(waiting);
  });
  // Another form on the page leads away from what is half typed: that is kept first.
  document.addEventListener("submit", async (event) => {
    if (event.target === form || !isChanged || isLeaving) {
      return;
    }
    event.preventDefault();
    clearTimeout(waiting);
    await save();
    isLeaving = true;
    event.target.requestSubmit(event.submitter);
  });
  window.addEventListener("pagehide", () => {
    if (isChanged && !isSent) {
      navigator.sendBeacon(form.dataset.draft, new FormData(form));
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !isSent && said.classList.contains("lost")) {
      event.preventDefault();
    }
  });
  if ([...form.elements].some(isTyped)) {
    changed();
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  keep(form);
}
