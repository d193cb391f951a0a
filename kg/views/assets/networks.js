// The network shown, for other programs: GraphML, and GEXF for Gephi. Every text goes through the document, which escapes it.

/** The ties between the actors shown: one for each direction, with its events. */
function shownTies() {
  const ties = grouped(view.list.filter((event) => isTie(event) && view.actors.has(event.actor) && view.actors.has(event.target)), (event) => event.actor * actors.length + event.target);
  return Array.from(ties.values(), (list) => ({ from: list[0].actor, to: list[0].target, list, facts: list.filter((event) => event.asserted) }));
}

const shownNodes = () => Array.from(view.actors).sort((a, b) => a - b).map((rank) => actors[rank]);

const ATTRIBUTES = {
  node: [["label", "string"], ["type", "string"], ["code", "string"], ["community", "int"], ["x", "double"], ["y", "double"]],
  edge: [["weight", "double"], ["unasserted", "int"], ["cooperation", "int"], ["conflict", "int"]],
};

const nodeValues = ({ label, family, code, community, x, y }) => ({ label, type: say(`family-${data.families[family]}`), code, community, x, y });
const edgeValues = ({ list, facts }) => ({
  weight: facts.length, unasserted: list.length - facts.length, cooperation: facts.filter((event) => event.sign > 0).length, conflict: facts.filter((event) => event.sign < 0).length,
});

/** What no XML can hold, even escaped, is left out. */
const plain = (value) => String(value).replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "");

function makeXml(space, rootName, attributes) {
  const xml = document.implementation.createDocument(space, rootName);
  const add = (parent, name, values = {}, text) => {
    const made = xml.createElementNS(space, name);
    for (const [key, value] of Object.entries(values)) made.setAttribute(key, plain(value));
    if (text !== undefined) made.textContent = plain(text);
    parent.append(made);
    return made;
  };
  for (const [key, value] of Object.entries(attributes)) xml.documentElement.setAttribute(key, value);
  return { root: xml.documentElement, add, text: () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(xml)}\n` };
}

function asGraphml() {
  const { root, add, text } = makeXml("http://graphml.graphdrawing.org/xmlns", "graphml", {});
  for (const [of, names] of Object.entries(ATTRIBUTES)) for (const [name, type] of names) add(root, "key", { id: `${of}-${name}`, for: of, "attr.name": name, "attr.type": type });
  const graph = add(root, "graph", { edgedefault: "directed" });
  const put = (of, made, values) => { for (const [name] of ATTRIBUTES[of]) add(made, "data", { key: `${of}-${name}` }, values[name]); };
  for (const actor of shownNodes()) put("node", add(graph, "node", { id: actor.id }), nodeValues(actor));
  for (const tie of shownTies()) put("edge", add(graph, "edge", { source: actors[tie.from].id, target: actors[tie.to].id }), edgeValues(tie));
  return text();
}

function asGexf() {
  const { root, add, text } = makeXml("http://gexf.net/1.3", "gexf", { version: "1.3" });
  const graph = add(root, "graph", { defaultedgetype: "directed" });
  const types = { int: "integer" };
  for (const [of, names] of Object.entries(ATTRIBUTES)) {
    const list = add(graph, "attributes", { class: of });
    for (const [name, type] of names) add(list, "attribute", { id: name, title: name, type: types[type] ?? type });
  }
  const put = (of, made, values) => {
    const list = add(made, "attvalues");
    for (const [name] of ATTRIBUTES[of]) add(list, "attvalue", { for: name, value: values[name] });
  };
  const nodes = add(graph, "nodes");
  for (const actor of shownNodes()) put("node", add(nodes, "node", { id: actor.id, label: actor.label }), nodeValues(actor));
  const edges = add(graph, "edges");
  for (const [id, tie] of shownTies().entries()) {
    const made = add(edges, "edge", { id, source: actors[tie.from].id, target: actors[tie.to].id, weight: Math.max(tie.facts.length, 0.1) });
    put("edge", made, edgeValues(tie));
  }
  return text();
}
