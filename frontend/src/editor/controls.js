// Draws the fields of the properties panel with native controls, and keeps what somebody is typing when they are drawn anew.
//
// A field is { id, label, kind, value, write } with kind text, long, choice, tick, note or act; `options` are
// [value, words], `help` explains, `also` is a list of words to choose from while typing, `link` an address beside it.
const PAUSE = 500;

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== undefined && value !== null) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function optionsOf({ options, value }) {
  const known = options.some(([one]) => one === value) ? options : [[value, `${value} (okänt)`], ...options];
  return known.map(([one, words]) => element("option", { value: one, selected: one === value }, words));
}

function choice(field, attributes) {
  return element("select", { ...attributes, class: "in", onchange: (event) => field.write(event.target.value) }, ...optionsOf(field));
}

function typed(field, attributes) {
  let waiting = 0;
  let written = field.value;
  const write = (control) => {
    clearTimeout(waiting);
    waiting = 0;
    if (control.value !== written) {
      written = control.value;
      field.write(control.value);
    }
  };
  const events = {
    oninput: (event) => {
      clearTimeout(waiting);
      if (!field.atTheEnd) {
        waiting = setTimeout(() => write(event.target), PAUSE);
      }
    },
    onchange: (event) => write(event.target),
  };
  if (field.kind === "long") {
    const area = element("textarea", { ...attributes, ...events, class: "in", rows: field.rows ?? 3, spellcheck: String(!field.isCode) }, field.value);
    area.flush = () => write(area);
    return area;
  }
  const list = field.also && `${attributes.id}-l`;
  const control = element("input", { ...attributes, ...events, class: "in", value: field.value, list, autocomplete: "off", spellcheck: String(!field.isCode) });
  control.flush = () => write(control);
  return control;
}

function drawn(field) {
  const id = `p-${field.id}`;
  if (field.kind === "note") {
    return element("p", { class: "help" }, field.value);
  }
  if (field.kind === "act") {
    return element("p", { class: "act-line" }, element("button", { type: "button", class: "btn", id, onclick: field.write }, field.label));
  }
  if (field.kind === "link") {
    return element("p", { class: "act-line" }, element("a", { href: field.value, id, class: "btn" }, field.label));
  }
  const help = field.help && element("p", { class: "help", id: `${id}-h` }, field.help);
  const attributes = { id, "aria-describedby": help ? `${id}-h` : undefined, "data-kind": field.kind };
  if (field.kind === "tick") {
    const box = element("input", { ...attributes, type: "checkbox", checked: field.value, onchange: (event) => field.write(event.target.checked) });
    return element("div", { class: "pf" }, element("label", { class: "ck" }, box, element("span", {}, field.label)), help);
  }
  const control = field.kind === "choice" ? choice(field, attributes) : typed(field, attributes);
  const list = field.also && element("datalist", { id: `${id}-l` }, ...field.also.map(([value, words]) => element("option", { value }, words)));
  const link = field.link && element("a", { href: field.link[0] }, field.link[1]);
  return element("div", { class: "pf" }, element("label", { class: "lab", for: id }, field.label), help, control, list, link, field.below);
}

const signature = (sections) =>
  JSON.stringify(sections.map(({ title, fields }) => [title, fields.map(({ id, kind, label, help }) => [id, kind, label, help])]));

// A panel that shows sections of fields; `show` may be called as often as one likes.
export function panelIn(place) {
  let shown = "";
  let about = "";

  function flush() {
    document.activeElement?.flush?.();
  }

  function redraw(sections, focused, start, end) {
    const open = new Map([...place.querySelectorAll("details")].map((one) => [one.dataset.title, one.open]));
    place.replaceChildren(
      ...sections
        .filter(({ fields }) => fields.length)
        .map(({ title, fields, isFolded }) =>
          element(
            "details",
            { "data-title": title, open: open.get(title) ?? !isFolded },
            element("summary", {}, title),
            element("div", { class: "fields" }, ...fields.map(drawn)),
          ),
        ),
    );
    const again = focused && document.getElementById(focused);
    if (again) {
      again.focus();
      if (start !== null && start !== undefined && again.setSelectionRange) {
        again.setSelectionRange(start, end);
      }
    }
  }

  return {
    flush,
    show(key, sections) {
      const active = place.contains(document.activeElement) && key === about ? document.activeElement : null;
      const isTyping = active?.matches("input:not([type=checkbox]), textarea") ?? false;
      const next = key + signature(sections);
      if (isTyping && next === shown) {
        return; // the field that is being typed in has just written itself; the others have not changed their form
      }
      const typedNow = isTyping ? active.value : null;
      const { id, selectionStart, selectionEnd } = active ?? {};
      redraw(sections, id, isTyping ? selectionStart : null, selectionEnd);
      if (isTyping && document.activeElement?.id === id) {
        document.activeElement.value = typedNow;
      }
      shown = next;
      about = key;
    },
  };
}
