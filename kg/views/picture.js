// The picture: vis-network draws what Python has placed. Nothing moves by itself.

/** Draw the network; `choose` is called with the actor or tie that is clicked, or null. */
function makePicture(choose) {
  const container = find("canvas");
  const place = (node) => (narrow.matches ? { x: node.narrow[0], y: node.narrow[1] } : { x: node.x, y: node.y });
  const nodes = new vis.DataSet(data.picture.nodes.map((node) => ({ ...node, ...place(node) })));
  const edges = new vis.DataSet(data.picture.edges);
  const network = new vis.Network(container, { nodes, edges }, { ...data.picture.options, autoResize: false });
  let visible = [];

  network.on("click", (event) => {
    if (event.nodes.length) choose({ actor: event.nodes[0] });
    else if (event.edges.length) choose({ tie: event.edges[0].split("-").map(Number) });
    else choose(null);
  });
  narrow.addEventListener("change", () => {
    nodes.update(data.picture.nodes.map((node) => ({ id: node.id, ...place(node) })));
    fit();
  });
  new ResizeObserver(() => {
    if (!container.clientWidth) return;
    network.setSize(`${container.clientWidth}px`, `${container.clientHeight}px`);
    network.redraw();
    fit();
  }).observe(container);

  function fit() {
    if (visible.length) network.fit({ nodes: visible, animation: false, maxZoomLevel: 1.4 });
  }

  /** Show these events among these actors. */
  function show(list, actors) {
    const ink = colours();
    const ties = grouped(list.filter(isTie), (event) => `${event.actor}-${event.target}`);
    const near = new Set(list.filter(isChosen).flatMap((event) => [event.actor, event.target]));
    visible = Array.from(actors);
    nodes.update(data.picture.nodes.map((node) => symbol(node, actors.has(node.id), near, list, ink)));
    edges.update(data.picture.edges.map((edge) => arc(edge, ties.get(edge.id) || [], actors, ink)));
  }

  return { show, fit, zoom: (factor) => network.moveTo({ scale: network.getScale() * factor }), network, container };
}

function symbol({ id, letters }, seen, near, list, ink) {
  const pale = state.chosen && !near.has(id);
  const own = state.chosen && state.chosen.actor === id;
  return {
    id,
    hidden: !seen,
    opacity: pale ? 0.2 : 1,
    title: describe(id, list),
    color: {
      background: ink.node, border: own ? ink.chosen : ink.stage,
      highlight: { background: ink.node, border: ink.chosen }, hover: { background: ink.node, border: ink.chosen },
    },
    borderWidth: own ? 3 : 1.5,
    font: { size: letters, color: pale ? `${ink.soft}55` : ink.ink, strokeColor: pale ? `${ink.stage}00` : ink.stage, face: getComputedStyle(document.body).fontFamily },
  };
}

function arc(edge, list, actors, ink) {
  const facts = list.filter((event) => event.asserted);
  const more = list.length - facts.length;
  const name = facts.length ? tone(facts) : "unasserted";
  const pale = state.chosen && !list.some(isChosen);
  const label = facts.length ? `${facts.length > 1 ? facts.length : ""}${more ? ` (+${more})` : ""}` : "";
  return {
    id: edge.id,
    hidden: !list.length || !actors.has(edge.from) || !actors.has(edge.to),
    width: facts.length ? Math.min(6, 1.2 + Math.log2(facts.length)) : 1,
    dashes: { cooperation: false, mixed: false, conflict: [7, 4], unasserted: [1, 5] }[name],
    color: { color: ink[name], highlight: ink[name], hover: ink[name], opacity: pale ? 0.1 : facts.length ? 0.85 : 0.6 },
    arrows: { to: { enabled: !list.length || !list.every((event) => event.symmetric) } },
    label: (!pale && label) || " ", // the library keeps the old label where there is none
    title: `${data.actors[edge.from].label} → ${data.actors[edge.to].label}\n${summary(list)}`,
    font: { size: 13, color: ink.soft, strokeColor: ink.stage, strokeWidth: 4, align: "horizontal" },
  };
}

function describe(actor, list) {
  const acts = list.filter((event) => event.actor === actor).length;
  const received = list.filter((event) => event.target === actor).length;
  return `${data.actors[actor].label}\n${plural(acts, "act")}, ${received} received`;
}

/** Say in words what a list of events is made of. */
function summary(list) {
  const facts = list.filter((event) => event.asserted);
  const parts = [
    [facts.filter((event) => event.sign > 0).length, "cooperation"],
    [facts.filter((event) => event.sign < 0).length, "conflict"],
    [facts.filter((event) => !event.sign).length, "other"],
    [list.length - facts.length, "denied, planned or feared"],
  ];
  return parts.filter(([count]) => count).map(([count, name]) => `${count} ${name}`).join(", ");
}
