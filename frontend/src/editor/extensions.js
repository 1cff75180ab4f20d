// What SpiffWorkflow reads inside an element: named properties, the operation of a service task, the decision table.
//
// Nothing is changed in place: whoever writes makes the whole anew and hands it to the modeler, so that it can be undone.
const PROPERTIES = "spiffworkflow:Properties";
const OPERATOR = "spiffworkflow:ServiceTaskOperator";
const DECISION = "spiffworkflow:CalledDecisionId";

const values = (object) => object.extensionElements?.get("values") ?? [];
const part = (object, type) => values(object).find((one) => one.$type === type);

// The element's properties as [name, value], in the order of the file.
export const properties = (object) =>
  (part(object, PROPERTIES)?.get("values") ?? []).map((one) => [one.name, one.value]);

export const property = (object, name) => properties(object).find(([known]) => known === name)?.[1] ?? "";

export const operation = (object) => part(object, OPERATOR)?.id ?? "";

export const parameters = (object) =>
  (part(object, OPERATOR)?.parameterList?.get("values") ?? []).map((one) => [one.id, one.value, one.type]);

export const decision = (object) => part(object, DECISION)?.value ?? "";

// The element's extensions with one part replaced, or taken away; nothing at all when none is left.
function replaced(object, type, next, create) {
  const others = values(object).filter((one) => one.$type !== type);
  const kept = next ? [...others, next] : others;
  if (!kept.length) {
    return undefined;
  }
  const extension = create("bpmn:ExtensionElements", { values: kept });
  extension.$parent = object;
  kept.forEach((one) => {
    one.$parent = extension;
  });
  return extension;
}

function holding(container, children) {
  children.forEach((child) => {
    child.$parent = container;
  });
  return container;
}

export function withProperty(object, name, value, create) {
  const there = properties(object);
  const others = there.some(([known]) => known === name)
    ? there.map(([known, old]) => [known, known === name ? value : old])
    : [...there, [name, value]];
  const children = others
    .filter(([, one]) => one !== "")
    .map(([known, one]) => create("spiffworkflow:Property", { name: known, value: one }));
  const next = children.length && holding(create(PROPERTIES, { values: children }), children);
  return replaced(object, PROPERTIES, next, create);
}

export function withOperation(object, id, told, create) {
  if (!id) {
    return replaced(object, OPERATOR, null, create);
  }
  const operator = create(OPERATOR, { id });
  const resultVariable = part(object, OPERATOR)?.resultVariable;
  if (resultVariable) {
    operator.resultVariable = resultVariable;
  }
  const children = told
    .filter(([, value]) => value !== "")
    .map(([name, value, type]) => create("spiffworkflow:Parameter", { id: name, type: type || "str", value }));
  if (children.length) {
    const list = holding(create("spiffworkflow:Parameters", { values: children }), children);
    list.$parent = operator;
    operator.parameterList = list;
  }
  return replaced(object, OPERATOR, operator, create);
}

export const withDecision = (object, key, create) =>
  replaced(object, DECISION, key && create(DECISION, { value: key }), create);
