// The inbox: says when the list was read last, lets the filters send themselves, and answers to single keys.
const list = () => document.getElementById("uppgifter");

function keepTime() {
  document.body.addEventListener("htmx:after:request", (event) => {
    const status = event.detail?.ctx?.response?.raw?.status ?? 0;
    const isRead = status === 200 || status === 204;
    document.querySelector("[data-stale]")?.toggleAttribute("hidden", isRead);
    if (isRead) {
      const at = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
      document.querySelector("[data-read-at]").textContent = at;
    }
  });
}

function sendFilters() {
  const form = document.querySelector("form[data-sends-itself]");
  form?.addEventListener("change", () => form.requestSubmit());
}

const rows = () => [...list().querySelectorAll("tr.r")];

function rowAt(step) {
  const all = rows();
  const here = all.indexOf(document.activeElement?.closest?.("tr.r"));
  return all[Math.min(Math.max(here + step, 0), all.length - 1)];
}

const here = () => document.activeElement?.closest?.("tr.r");
const opens = (row) => row?.querySelector(".step a, .case a");

const KEYS = {
  j: () => opens(rowAt(1))?.focus(),
  k: () => opens(rowAt(-1))?.focus(),
  t: () => here()?.querySelector("button[formaction]")?.click(),
  x: () => here()?.querySelector("input[type=checkbox]")?.click(),
  n: () => document.querySelector('a[href="/underrattelser"]')?.click(),
  "/": () => {
    document.querySelector("details.filters").open = true;
    document.getElementById("f-sok")?.focus();
  },
  "?": () => document.getElementById("kortkommandon").showModal(),
};

function answerKeys() {
  const remembered = "kvarboende.kortkommandon";
  const isOn = () => localStorage.getItem(remembered) !== "av";
  const choice = document.querySelector("[data-shortcuts-on]");
  const opener = document.querySelector("[data-shortcuts]");
  choice.checked = isOn();
  choice.addEventListener("change", () => localStorage.setItem(remembered, choice.checked ? "på" : "av"));
  opener.hidden = false;
  opener.addEventListener("click", KEYS["?"]);
  document.addEventListener("keydown", (event) => {
    const types = event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]");
    if (types || event.ctrlKey || event.metaKey || event.altKey || !isOn()) {
      return;
    }
    const tab = /^[1-4]$/.test(event.key) && document.querySelectorAll(".tabs a")[Number(event.key) - 1];
    const act = tab ? () => tab.click() : KEYS[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

if (list()) {
  keepTime();
  sendFilters();
  answerKeys();
}
