// The kinds of elements that the engine runs as they are drawn; the menus of the editor offer these and no others.
//
// `name` is what a person calls the kind, `icon` its picture in the font of bpmn-js, `id` how the id of a new one begins.
const message = { eventDefinitionType: "bpmn:MessageEventDefinition" };
const timer = { eventDefinitionType: "bpmn:TimerEventDefinition" };
const terminate = { eventDefinitionType: "bpmn:TerminateEventDefinition" };

export const KINDS = {
  start: { type: "bpmn:StartEvent", name: "start", icon: "start-event-none", id: "start" },
  user: { type: "bpmn:UserTask", name: "uppgift för en handläggare", icon: "user-task", id: "steg" },
  service: { type: "bpmn:ServiceTask", name: "automatiskt steg", icon: "service-task", id: "steg" },
  rule: { type: "bpmn:BusinessRuleTask", name: "fråga till en beslutstabell", icon: "business-rule-task", id: "steg" },
  script: { type: "bpmn:ScriptTask", name: "uträkning", icon: "script-task", id: "steg" },
  call: { type: "bpmn:CallActivity", name: "anrop av en annan process", icon: "call-activity", id: "steg" },
  exclusive: { type: "bpmn:ExclusiveGateway", name: "val: en av vägarna", icon: "gateway-xor", id: "val" },
  parallel: { type: "bpmn:ParallelGateway", name: "förgrening: alla vägar", icon: "gateway-parallel", id: "samtidigt" },
  wait: { type: "bpmn:EventBasedGateway", name: "vänteläge: det som händer först", icon: "gateway-eventbased", id: "vantar" },
  message: { type: "bpmn:IntermediateCatchEvent", ...message, name: "vänta på en händelse", icon: "intermediate-event-catch-message", id: "handelse" },
  timer: { type: "bpmn:IntermediateCatchEvent", ...timer, name: "vänta till en tidpunkt", icon: "intermediate-event-catch-timer", id: "tidpunkt" },
  end: { type: "bpmn:EndEvent", name: "slut", icon: "end-event-none", id: "slut" },
  terminate: { type: "bpmn:EndEvent", ...terminate, name: "slut som avbryter allt i processen", icon: "end-event-terminate", id: "slut" },
};

export const NOTE = { type: "bpmn:TextAnnotation", name: "anteckning i ritningen", icon: "text-annotation" };

const onBorder = (definition, cancelActivity, name, icon) => ({
  type: "bpmn:BoundaryEvent",
  ...definition,
  options: { cancelActivity },
  name,
  icon,
});

const BORDER = [
  onBorder(message, true, "händelse som avbryter steget", "intermediate-event-catch-message"),
  onBorder(message, false, "händelse vid sidan av steget", "intermediate-event-catch-non-interrupting-message"),
  onBorder(timer, true, "tidpunkt som avbryter steget", "intermediate-event-catch-timer"),
  onBorder(timer, false, "tidpunkt vid sidan av steget", "intermediate-event-catch-non-interrupting-timer"),
];

const TASKS = ["user", "service", "rule", "script", "call"].map((key) => KINDS[key]);
const GATEWAYS = ["exclusive", "parallel", "wait"].map((key) => KINDS[key]);
const CATCHES = ["message", "timer"].map((key) => KINDS[key]);
const ENDS = ["end", "terminate"].map((key) => KINDS[key]);

export const IN_PALETTE = [
  ["event", ["start", "end", "terminate", "message", "timer"]],
  ["gateway", ["exclusive", "parallel", "wait"]],
  ["activity", ["user", "service", "rule", "script", "call"]],
];

// What may follow an element, as a step drawn from it.
export function mayFollow(type) {
  if (type === "bpmn:EventBasedGateway") {
    return CATCHES;
  }
  return type === "bpmn:EndEvent" ? [] : [KINDS.user, KINDS.service, KINDS.exclusive, ...CATCHES, KINDS.end];
}

const isSame = (element, kind) => {
  const object = element.businessObject;
  const definition = object.eventDefinitions?.[0]?.$type;
  const border = kind.options === undefined || (object.cancelActivity !== false) === kind.options.cancelActivity;
  return object.$type === kind.type && definition === kind.eventDefinitionType && border;
};

// What an element may be turned into.
export function mayBecome(element) {
  const { $type } = element.businessObject;
  const group = [TASKS, GATEWAYS, ENDS].find((kinds) => kinds.some((kind) => kind.type === $type));
  const others =
    group ??
    ($type === "bpmn:BoundaryEvent" ? BORDER : null) ??
    (/Intermediate(Catch|Throw)Event$/.test($type) ? CATCHES : null) ??
    (/Task$|SubProcess$|Transaction$/.test($type) ? TASKS : null) ??
    (/Gateway$/.test($type) ? GATEWAYS : []);
  return others.filter((kind) => !isSame(element, kind));
}

const OTHERS = {
  "bpmn:SequenceFlow": "pil",
  "bpmn:Lane": "bana",
  "bpmn:Participant": "process",
  "bpmn:Process": "process",
  "bpmn:Collaboration": "ritning",
  "bpmn:TextAnnotation": "anteckning i ritningen",
  "bpmn:Association": "streck till en anteckning",
};

// What a person calls the element's kind.
export function kindOf(element) {
  const found = [...Object.values(KINDS), ...BORDER].find((kind) => isSame(element, kind));
  return found?.name ?? OTHERS[element.businessObject.$type] ?? "något som systemet inte kör";
}

export const idPrefix = (object) =>
  Object.values(KINDS).find((kind) => kind.type === object.$type)?.id ??
  (object.$type === "bpmn:BoundaryEvent" ? "handelse" : null);
