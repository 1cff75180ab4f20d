// Saves a file of a change proposal by itself, says so, and loses nothing: what cannot be sent stays in this browser.
//
//   const saver = saverFor(place, { read });     place: data-file, data-revision, data-compare, data-sign-in
//   saver.changed();                             something has been typed or drawn
//
// The server keeps a number of the revision; who saves over somebody else's change gets 409 and is led to a comparison.
const PAUSE = 900;
const AGAIN = 10_000;

const clock = () => new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
const token = () => document.querySelector("meta[name=csrf-token]").content;
const keyOf = (place) => `kvarboende.verkstad ${place.dataset.file}`;

// What this browser kept of the file because it could not be sent; null when there is nothing.
export function keptHere(place) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(place)));
  } catch {
    return null;
  }
}

export function forget(place) {
  localStorage.removeItem(keyOf(place));
}

export function saverFor(place, { read, saved = () => {} }) {
  const said = document.querySelector("[data-saved]");
  let { revision } = place.dataset;
  let waiting = 0;
  let running = null;
  let isChanged = false;
  let isStopped = false;

  function say(state, words, ...more) {
    said.dataset.state = state;
    said.replaceChildren(words, ...more.flatMap((one) => [" ", one]));
  }

  const link = (href, textContent) => Object.assign(document.createElement("a"), { href, textContent });

  // Leads to the page that shows both texts; what stands here goes along.
  function comparison() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: "Jämför och välj" });
    button.addEventListener("click", async () => {
      const form = Object.assign(document.createElement("form"), { method: "post", action: place.dataset.compare, hidden: true });
      const fields = { csrf_token: token(), revision, content: await read() };
      for (const [name, value] of Object.entries(fields)) {
        form.append(Object.assign(document.createElement("textarea"), { name, value }));
      }
      isChanged = false;
      forget(place);
      document.body.append(form);
      form.submit();
    });
    return button;
  }

  function keep(content) {
    try {
      localStorage.setItem(keyOf(place), JSON.stringify({ revision, content }));
    } catch {
      // A full or closed storage: the page itself still holds the change and warns before it is left.
    }
  }

  async function send(content) {
    const answer = await fetch(place.dataset.file, {
      method: "PUT",
      body: content,
      redirect: "manual",
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "If-Match": `"${revision}"`,
        "X-CSRFToken": token(),
        "X-Saves-Itself": "yes",
      },
    });
    const isOurs = answer.headers.get("Content-Type")?.includes("json") ?? false;
    const told = isOurs ? await answer.json() : {};
    if (answer.ok) {
      ({ revision } = told);
      place.dataset.revision = revision;
    }
    return { status: answer.status, told };
  }

  const LATER = "Sparas i den här webbläsaren, och på servern när det går igen.";
  const HERE = "Ändringen är sparad i den här webbläsaren.";

  function explain({ status, told }) {
    isStopped = status < 500;
    if (status === 409 && "theirs" in told) {
      say("clash", "Någon annan har ändrat filen samtidigt. Din ändring finns kvar.", comparison());
    } else if (told.detail) {
      say("lost", told.detail);
    } else if (status === 409 || status === 403 || status === 404) {
      say("lost", `Förslaget går inte att ändra längre. ${HERE}`);
    } else if (status < 500) {
      say("lost", `Du är utloggad. ${HERE}`, link(place.dataset.signIn, "Logga in och spara"));
    } else {
      say("lost", `Det gick inte att spara. ${LATER}`);
      waiting = setTimeout(save, AGAIN);
    }
  }

  async function once() {
    isChanged = false;
    const content = await read();
    keep(content);
    say("busy", "Sparar …");
    let answer;
    try {
      answer = await send(content);
    } catch {
      isChanged = true;
      say("lost", `Servern svarar inte. ${LATER}`);
      waiting = setTimeout(save, AGAIN);
      return;
    }
    if (answer.status === 200) {
      // What was changed while this was on its way is not saved yet, and says so already.
      if (!isChanged) {
        say("saved", `Sparat ${clock()}`);
        forget(place);
      }
      saved();
    } else {
      isChanged = true;
      explain(answer);
    }
  }

  async function save() {
    clearTimeout(waiting);
    waiting = 0;
    if (running) {
      await running;
    }
    if (isChanged && !isStopped) {
      running = once();
      await running;
      running = null;
    }
  }

  window.addEventListener("beforeunload", (event) => {
    if (isChanged || running) {
      event.preventDefault();
    }
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());

  return {
    save,
    changed() {
      isChanged = true;
      clearTimeout(waiting);
      if (isStopped) {
        read().then(keep);
      } else {
        say("busy", "Ändrat …");
        waiting = setTimeout(save, PAUSE);
      }
    },
    get isSaved() {
      return !isChanged && !running;
    },
  };
}
