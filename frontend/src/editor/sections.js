// What the properties panel shows of an element: sections of fields, each with what it writes.
import * as extensions from "./extensions.js";
import { kindOf, mayFollow } from "./kinds.js";
import { element as html } from "./controls.js";

const NONE = ["", "Välj …"];
const ID = /^[a-z][a-z0-9_]{0,79}$/;
const capital = (words) => words[0].toUpperCase() + words.slice(1);
const is = (element, type) => element.businessObject.$instanceOf(type);
const named = (list) => list.map(({ name, words }) => [name, words]);
const QUOTED = /^'([^'\\]*)'$/;

export function sectionsFor(element, context) {
  const { catalogue, change } = context;
  const object = element.businessObject;
  const property = (name) => extensions.property(object, name);
  const setProperty = (name) => (value) => change.withProperty(element, name, value.trim());

  const text = (id, label, value, write, more = {}) => ({ id, label, kind: "text", value, write, ...more });
  const long = (id, label, value, write, more = {}) => ({ id, label, kind: "long", value, write, ...more });
  const choice = (id, label, value, options, write, more = {}) => ({ id, label, kind: "choice", value, options, write, ...more });

  const isStep = is(element, "bpmn:FlowNode");
  const isFlow = object.$type === "bpmn:SequenceFlow";

  function about() {
    const fields = [];
    if (object.$type === "bpmn:Lane") {
      const options = [NONE, ...catalogue.lanes.map((lane) => [lane, lane])];
      fields.push(choice("lane-name", "Enhet", object.name ?? "", options, (name) => change.named(element, name)));
    } else if (object.$type === "bpmn:TextAnnotation") {
      fields.push(long("note", "Text", object.text ?? "", (value) => change.named(element, value)));
    } else if (object.$type !== "bpmn:Association") {
      const label = isFlow ? "Text vid pilen" : object.$type === "bpmn:Participant" ? "Processens namn" : "Namn";
      fields.push(long("name", label, object.name ?? "", (value) => change.named(element, value), { rows: 2 }));
    }
    if (isStep) {
      fields.push(...lane(), ident());
    }
    const described = object.$type === "bpmn:Participant" ? object.processRef : object;
    if (isStep || object.$type === "bpmn:Participant" || object.$type === "bpmn:Process") {
      const help = object.$type === "bpmn:UserTask" ? "Vad steget är till för, vad man gör och vad man inte får göra. Står på uppgiftens sida." : "";
      const value = described?.documentation?.[0]?.text ?? "";
      fields.push(long("doc", "Beskrivning", value, (value) => document(described, value), { rows: 5, help }));
    }
    return { title: capital(kindOf(element)), fields };
  }

  function document(described, value) {
    if (described === object) {
      change.documented(element, value);
    } else {
      const documentation = value.trim() ? [change.create("bpmn:Documentation", { text: value })] : [];
      context.modeling.updateModdleProperties(element, described, { documentation });
    }
  }

  function ident() {
    const write = (value) => {
      const wanted = value.trim();
      if (wanted === object.id) {
        return;
      }
      const trouble = !ID.test(wanted)
        ? "Ett id är små bokstäver a–z, siffror och understreck, och börjar med en bokstav."
        : context.isTaken(wanted)
          ? `Id ${wanted} finns redan. Ett id betyder ett enda steg, i alla processer.`
          : "";
      context.say(trouble);
      if (trouble) {
        context.redraw();
      } else {
        change.renamed(element, wanted);
      }
    };
    const help = "Stegets namn för alltid, i journaler och formulär. Byt det inte på ett steg som har använts.";
    return text("id", "Id", object.id, write, { help, atTheEnd: true, isCode: true });
  }

  function lane() {
    const lanes = context.lanes();
    const here = lanes.find((one) => (one.businessObject.flowNodeRef ?? []).includes(object));
    if (!lanes.length || object.$type === "bpmn:BoundaryEvent") {
      return [];
    }
    const options = [...(here ? [] : [["", "Ingen bana"]]), ...lanes.map((one) => [one.id, one.businessObject.name || one.id])];
    const help = object.$type === "bpmn:UserTask" ? "Enheten som gör uppgiften. Steget flyttas i ritningen." : "";
    return [choice("lane", "Bana", here?.id ?? "", options, (id) => change.moved(element, context.get(id)), { help })];
  }

  function task() {
    if (object.$type !== "bpmn:UserTask") {
      return [];
    }
    const gates = property("gate").split(/\s+/).filter(Boolean);
    const rest = catalogue.gates.filter(({ name }) => !gates.includes(name));
    const words = (name) => catalogue.gates.find((gate) => gate.name === name)?.words ?? `${name} (okänd)`;
    const setGates = (next) => setProperty("gate")(next.join(" "));
    const fields = [
      choice("due", "Klar senast", property("due"), [NONE, ...named(catalogue.due)], setProperty("due"), {
        help: "När uppgiften förfaller. Tabellen över förfallotider kan sätta en tidigare tid.",
      }),
      ...gates.map((name, place) => ({
        id: `gate-${place}`,
        label: words(name),
        kind: "tick",
        value: true,
        write: () => setGates(gates.filter((one) => one !== name)),
      })),
      choice("gate", gates.length ? "Lägg till en spärr" : "Spärr", "", [NONE, ...named(rest)], (name) => name && setGates([...gates, name]), {
        help: "Det som lagen kräver innan uppgiften får slutföras.",
      }),
      choice("klass", "Slag av arbete", property("klass"), [["", "Inget särskilt"], ...named(catalogue.classes)], setProperty("klass")),
      choice("aven", "Syns även för", property("aven"), [["", "Ingen annan enhet"], ...named(catalogue.units)], setProperty("aven")),
    ];
    if (gates.some((name) => catalogue.telling_gates.includes(name)) || ["mottagare", "syfte", "innehall"].some(property)) {
      fields.push(
        choice("mottagare", "Vem som får veta", property("mottagare"), [NONE, ...named(catalogue.recipients)], setProperty("mottagare")),
        choice("syfte", "Varför", property("syfte"), [NONE, ...named(catalogue.purposes)], setProperty("syfte")),
        text("innehall", "Vad som lämnas", property("innehall"), setProperty("innehall"), {
          also: named(catalogue.contents),
          help: "Koder med mellanslag emellan.",
          isCode: true,
        }),
      );
    }
    return [{ title: "Formulär", fields: form() }, { title: "Tid och spärrar", fields }];
  }

  function form() {
    const path = `${catalogue.key}/forms/${object.id}.json`;
    if (context.hasFile(path)) {
      return [
        { id: "form-note", kind: "note", value: path },
        { id: "form-open", kind: "link", label: "Öppna formuläret", value: context.editorOf(path) },
      ];
    }
    const others = catalogue.forms.map((one) => [one, one.replace("/forms/", ": ").replace(".json", "")]);
    return [
      { id: "form-note", kind: "note", value: `Formuläret ${path} finns inte än.` },
      choice("form-from", "Börja med", context.formFrom, [["", "Ett tomt formulär"], ...others], context.chooseForm),
      { id: "form-new", kind: "act", label: "Skapa formuläret", write: () => context.createForm(path) },
    ];
  }

  function service() {
    if (object.$type !== "bpmn:ServiceTask") {
      return [];
    }
    const id = extensions.operation(object);
    const told = extensions.parameters(object);
    const known = catalogue.operations.find(({ name }) => name === id);
    const value = (name) => told.find(([one]) => one === name)?.[1] ?? "";
    const write = (name, next) => {
      const live = extensions.parameters(object);
      const others = live.some(([one]) => one === name)
        ? live.map(([one, old, type]) => [one, one === name ? next : old, type])
        : [...live, [name, next, "str"]];
      change.withOperation(element, id, others);
    };
    const asked = known?.parameters ?? [];
    const extra = told.filter(([name]) => !asked.some((one) => one.name === name));
    const begin = (name) => {
      const needed = catalogue.operations.find((one) => one.name === name)?.parameters ?? [];
      change.withOperation(element, name, told.filter(([one]) => needed.some((parameter) => parameter.name === one)));
    };
    const fields = [
      choice("operation", "Vad som görs", id, [NONE, ...named(catalogue.operations)], begin),
      ...asked.flatMap((parameter) => parameterFields(parameter, value(parameter.name), write)),
      ...extra.map(([name, one]) => text(`x-${name}`, name, one, (next) => write(name, next.trim()), { isCode: true, below: names(`p-x-${name}`) })),
    ];
    if (known?.any_more) {
      fields.push(
        text("new-parameter", "Lägg till en uppgift om händelsen", "", (name) => ID.test(name.trim()) && write(name.trim(), "True"), { atTheEnd: true, help: "Namnet med små bokstäver; värdet skriver du sedan.", isCode: true }),
      );
    }
    return [{ title: "Vad steget gör", fields }];
  }

  function parameterFields(parameter, value, write) {
    const label = parameter.required ? parameter.words : `${parameter.words} (frivilligt)`;
    const id = `param-${parameter.name}`;
    const literal = QUOTED.exec(value)?.[1];
    if (parameter.choices?.length) {
      const isChoice = value === "" || parameter.choices.some(({ name }) => name === literal);
      const options = [NONE, ...named(parameter.choices), ["=", "Ett uttryck …"]];
      const fields = [
        choice(id, label, isChoice ? (literal ?? "") : "=", options, (next) => write(parameter.name, next === "=" ? "True" : next && `'${next}'`)),
      ];
      if (!isChoice) {
        fields.push(text(`${id}-e`, "Uttryck", value, (next) => write(parameter.name, next.trim()), { isCode: true, below: names(`p-${id}-e`) }));
      }
      return fields;
    }
    if (parameter.is_text && (value === "" || literal !== undefined)) {
      return [long(id, label, literal ?? "", (next) => write(parameter.name, next.trim() && `'${next.trim().replaceAll("'", "’").replaceAll("\\", "/")}'`))];
    }
    return [text(id, label, value, (next) => write(parameter.name, next.trim()), { isCode: true, below: names(`p-${id}`) })];
  }

  // What an expression may name here: the answers that exist by then, and the facts; a press writes the name.
  function names(target) {
    const step = isFlow ? object.sourceRef?.id : object.id;
    const answers = context.answersAt(step);
    const insert = (name) => () => {
      const control = window.document.getElementById(target);
      control.setRangeText(name, control.selectionStart ?? control.value.length, control.selectionEnd ?? control.value.length, "end");
      control.focus();
      control.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const item = (name, words) =>
      html("li", {}, html("button", { type: "button", class: "name", onclick: insert(name) }, name), words && html("span", {}, words));
    return html(
      "details",
      { class: "names", "data-title": `names-${target}` },
      html("summary", {}, "Vad man kan fråga om"),
      html("h4", {}, "Svar som finns här"),
      answers.length ? html("ul", {}, ...answers.map(({ name, words }) => item(name, words))) : html("p", { class: "help" }, "Inga än."),
      html("h4", {}, "Fakta om ärendet"),
      html("ul", {}, ...catalogue.facts.map(({ name, words }) => item(name, words))),
    );
  }

  function rule() {
    if (object.$type !== "bpmn:BusinessRuleTask") {
      return [];
    }
    const key = extensions.decision(object);
    const options = [NONE, ...named(catalogue.tables)];
    const path = catalogue.tables.find(({ name }) => name === key)?.path;
    const link = path && [context.editorOf(path), "Öppna tabellen"];
    return [{ title: "Beslutstabell", fields: [choice("decision", "Tabell", key, options, (next) => change.withDecision(element, next), { link })] }];
  }

  function call() {
    if (object.$type !== "bpmn:CallActivity") {
      return [];
    }
    const key = object.calledElement ?? "";
    const found = catalogue.processes.find(({ name }) => name === key);
    const link = found && [context.editorOf(found.path), "Öppna processen"];
    const write = (next) => change.update(element, { calledElement: next || undefined });
    return [{ title: "Anrop", fields: [choice("called", "Process", key, [NONE, ...named(catalogue.processes)], write, { link })] }];
  }

  function script() {
    if (object.$type !== "bpmn:ScriptTask") {
      return [];
    }
    const write = (value) => change.update(element, { script: value.trim() || undefined });
    const help = "En rad för varje svar: namn = uttryck. Till exempel: ar_brattom = days_to_eviction < 4";
    return [{ title: "Uträkning", fields: [long("script", "Rader", object.script ?? "", write, { help, isCode: true, rows: 4, below: names("p-script") })] }];
  }

  function event() {
    const definition = object.eventDefinitions?.[0];
    const fields = [];
    if (definition?.$type === "bpmn:MessageEventDefinition") {
      const options = [NONE, ...named(catalogue.events)];
      fields.push(choice("message", "Händelse", definition.messageRef?.name ?? "", options, (name) => change.waitingFor(element, name), { help: "Ur händelsekatalogen. Händelsen väcker steget; fakta läses på nytt." }));
    }
    if (definition?.$type === "bpmn:TimerEventDefinition") {
      const body = (definition.timeDate ?? definition.timeDuration ?? definition.timeCycle)?.body ?? "";
      const options = [NONE, ...named(catalogue.instants)];
      fields.push(choice("timer", "Tidpunkt", body, options, (name) => change.waitingUntil(element, name), { help: "Reglerna räknar ut tidpunkten, med lag och helgdagar. Tider skrivs aldrig in i ritningen." }));
    }
    if (object.$type === "bpmn:BoundaryEvent") {
      fields.push({ id: "interrupts", label: "Avbryter steget", kind: "tick", value: object.cancelActivity !== false, write: (value) => change.update(element, { cancelActivity: value }) });
    }
    return fields.length ? [{ title: "Väntar på", fields }] : [];
  }

  function flow() {
    if (!isFlow || object.sourceRef?.$type !== "bpmn:ExclusiveGateway") {
      return object.conditionExpression && isFlow
        ? [{ title: "Villkor", fields: [long("condition", "Villkor", object.conditionExpression.body ?? "", (value) => change.conditioned(element, value), { isCode: true })] }]
        : [];
    }
    const gateway = context.get(object.sourceRef.id);
    const isDefault = object.sourceRef.default === object;
    const fields = [
      { id: "default", label: "Tas när inget annat villkor gäller", kind: "tick", value: isDefault, write: (value) => change.defaulted(gateway, value ? element : undefined) },
    ];
    if (!isDefault) {
      fields.push(long("condition", "Villkor", object.conditionExpression?.body ?? "", (value) => change.conditioned(element, value), {
        isCode: true,
        help: "Tas när det här är sant. Till exempel: tenant_is_reached and not case_has_child",
        below: names("p-condition"),
      }));
    }
    return [{ title: "Villkor", fields }];
  }

  function gateway() {
    if (object.$type !== "bpmn:ExclusiveGateway") {
      return [];
    }
    const outgoing = (element.outgoing ?? []).filter((one) => one.type === "bpmn:SequenceFlow");
    const words = (one) => one.businessObject.name || `till ${one.target?.businessObject.name || one.target?.id}`;
    const options = [["", "Ingen: villkoren täcker allt"], ...outgoing.map((one) => [one.id, words(one)])];
    const write = (id) => change.defaulted(element, id ? context.get(id) : undefined);
    return [
      {
        title: "Vägar",
        fields: [
          choice("default-flow", "Tas när inget villkor gäller", object.default?.id ?? "", options, write),
          ...outgoing.map((one) => ({ id: `way-${one.id}`, kind: "act", label: `Villkoret ${words(one)}`, write: () => context.select(one) })),
        ],
      },
    ];
  }

  function grounds() {
    if (!isStep) {
      return [];
    }
    const known = ["krav", "handbok", "lagrum", "gate", "due", "klass", "aven", "mottagare", "syfte", "innehall"];
    const krav = property("krav").split(/\s+/).filter(Boolean);
    const told = krav.map((one) => catalogue.requirements.find(({ name }) => name === one)).filter(Boolean);
    const list = told.length
      ? html("ul", { class: "told" }, ...told.map(({ name, words }) => html("li", {}, html("b", {}, name), ` ${words}`)))
      : null;
    const fields = [
      text("krav", "Krav", property("krav"), setProperty("krav"), { help: "Nummer med mellanslag emellan: R-049 R-117", isCode: true, below: list }),
      choice("krav-add", "Lägg till ett krav", "", [NONE, ...catalogue.requirements.filter(({ name }) => !krav.includes(name)).map(({ name, words }) => [name, `${name} ${words}`])], (name) => name && setProperty("krav")([...krav, name].join(" "))),
      text("handbok", "Handboken", property("handbok"), setProperty("handbok"), { help: "Kapitel, till exempel 6.2 6.3" }),
      text("lagrum", "Lagrum", property("lagrum"), setProperty("lagrum"), { help: "Till exempel SoL 14:2" }),
      ...extensions.properties(object).filter(([name]) => !known.includes(name)).map(([name, value]) => text(`prop-${name}`, `Egenskapen ”${name}”`, value, setProperty(name), { help: "Betyder inget här. Töm fältet för att ta bort den." })),
    ];
    return [{ title: "Krav och källor", fields, isFolded: object.$type !== "bpmn:UserTask" }];
  }

  // The same as with the mouse, for whoever draws with the keyboard.
  function drawing() {
    const fields = [];
    if (isStep) {
      const kinds = mayFollow(object.$type);
      const targets = context.steps().filter((one) => one !== element && one.businessObject.$type !== "bpmn:StartEvent" && one.businessObject.$type !== "bpmn:BoundaryEvent");
      if (kinds.length) {
        fields.push(
          choice("append", "Lägg till efter", "", [NONE, ...kinds.map((kind, place) => [String(place), capital(kind.name)])], (place) => place && context.append(element, kinds[Number(place)])),
          choice("connect", "Dra en pil till", "", [NONE, ...targets.map((one) => [one.id, one.businessObject.name || one.id])], (id) => id && context.connect(element, context.get(id))),
        );
      }
    }
    if (isStep || isFlow || object.$type === "bpmn:TextAnnotation") {
      fields.push({ id: "remove", kind: "act", label: "Ta bort ur ritningen", write: () => context.remove(element) });
    }
    return fields.length ? [{ title: "Rita härifrån", fields, isFolded: true }] : [];
  }

  return [about(), ...task(), ...service(), ...rule(), ...call(), ...script(), ...event(), ...flow(), ...gateway(), ...grounds(), ...drawing()];
}
