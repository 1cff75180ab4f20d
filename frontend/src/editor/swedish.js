// The words of bpmn-js, the minimap and the token simulation in Swedish. What is not here would stand there in English:
// tests/frontend/test_editor.py reads everything that the menus show.
const WORDS = {
  "Align elements": "Ställ i linje",
  "Align elements left": "Vänsterkanterna i linje",
  "Align elements right": "Högerkanterna i linje",
  "Align elements center": "Mitten i linje, i sidled",
  "Align elements top": "Överkanterna i linje",
  "Align elements bottom": "Nederkanterna i linje",
  "Align elements middle": "Mitten i linje, i höjdled",
  "Distribute elements horizontally": "Lika avstånd i sidled",
  "Distribute elements vertically": "Lika avstånd i höjdled",
  "Search in diagram": "Sök i ritningen",
  "Open minimap": "Visa översikten",
  "Close minimap": "Dölj översikten",
  "Open {element}": "Öppna {element}",
  "Create expanded sub-process": "Ny delprocess",
  "Powered by bpmn.io": "Ritat med bpmn.io",
  "flow elements must be children of pools/participants": "Steg och pilar ska ligga inuti processens ruta.",
  "Token Simulation": "Provkör",
  "Toggle Simulation Log": "Visa eller dölj vad som hänt",
  "Simulation Log": "Vad som hänt",
  "No Entries": "Inget har hänt än",
  "Reset Simulation": "Börja om",
  "Play/Pause Simulation": "Pausa eller fortsätt",
  "Pause Simulation": "Provkörningen pausas",
  "Play Simulation": "Provkörningen fortsätter",
  "Found unsupported elements": "Något i ritningen kan inte provköras",
  "Not supported": "Kan inte provköras",
  Close: "Stäng",
  "Set Sequence Flow": "Välj vilken väg som tas",
  "Trigger Event": "Låt det hända",
  "Remove pause point": "Ta bort pausen",
  "Add pause point": "Pausa här",
  Finished: "Färdig",
  Task: "Uppgift",
  "User Task": "Uppgift",
  "Service Task": "Automatiskt steg",
  "Script Task": "Uträkning",
  "Business Rule Task": "Beslutstabell",
  "Call Activity": "Anrop",
  "Exclusive Gateway": "Val",
  "Parallel Gateway": "Förgrening",
  "Event Based Gateway": "Vänteläge",
  "Start Event": "Start",
  "Intermediate Event": "Händelse",
  "Boundary Event": "Händelse",
  "End Event": "Slut",
  Process: "Processen",
  SubProcess: "Delprocess",
  Transaction: "Delprocess",
};

const PATTERNS = [
  [/^Focus process instance (.+)$/, "Visa bara den här körningen ($1)"],
  [/^Set animation speed = Slow$/, "Hastighet: långsam"],
  [/^Set animation speed = Normal$/, "Hastighet: vanlig"],
  [/^Set animation speed = Fast$/, "Hastighet: snabb"],
  [/^Process (.+) started$/, "Körning $1 har börjat"],
  [/^Process (.+) finished$/, "Körning $1 är färdig"],
  [/^Process (.+) canceled$/, "Körning $1 är avbruten"],
  [/^(.+) started$/, "$1 har börjat"],
  [/^(.+) finished$/, "$1 är färdig"],
  [/^(.+) canceled$/, "$1 är avbruten"],
];

export function inSwedish(words) {
  const text = words.trim();
  if (text in WORDS) {
    return WORDS[text];
  }
  const [pattern, swedish] = PATTERNS.find(([one]) => one.test(text)) ?? [];
  return pattern ? text.replace(pattern, swedish) : words;
}

export const words = {
  translate: [
    "value",
    (template, values = {}) => inSwedish(template).replace(/{([^}]+)}/g, (_, name) => values[name] ?? `{${name}}`),
  ],
};

// The token simulation writes its English straight into the page: it is translated as it appears.
function translateWithin(node) {
  for (const element of [node, ...node.querySelectorAll("*")]) {
    for (const name of ["title", "ariaLabel"].filter((one) => element[one])) {
      const swedish = inSwedish(element[name]);
      if (swedish !== element[name]) {
        element[name] = swedish;
      }
    }
    for (const text of element.childNodes) {
      if (text.nodeType === Node.TEXT_NODE && text.data.trim()) {
        const swedish = inSwedish(text.data);
        if (swedish !== text.data) {
          text.data = swedish;
        }
      }
    }
  }
}

const IS_SIMULATION = "[class*='bts-'], .bjs-powered-by";

export function translateSimulation(container) {
  const translate = (node) => {
    const place = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (place?.closest?.(IS_SIMULATION)) {
      translateWithin(place);
    } else if (place?.querySelectorAll) {
      place.querySelectorAll(IS_SIMULATION).forEach(translateWithin);
    }
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      change.addedNodes.forEach(translate);
      if (change.type !== "childList") {
        translate(change.target);
      }
    }
  }).observe(container, { childList: true, subtree: true, characterData: true });
  translate(container);
}
