// The picture as it is to be drawn, for the screen as for a file: what there is, where, and in which order.

const DASHES = { cooperation: [], neutral: [], conflict: [7, 4], unasserted: [1.5, 5] };
const HULL_SMALLEST = 3;
const HULL_ROOM = 30;
const COUNT_SIZE = 11;

/** Say of the present view what is in the picture: symbols and arcs, in places of the layout. */
function compose() {
  const chosen = state.chosen !== null;
  const paling = chosen && !state.steps; // in a neighbourhood everything is of interest
  const sized = sizes[state.size];
  const nodes = Array.from(view.actors).sort((a, b) => b - a).map((rank) => {
    const own = chosen && Object.values(state.chosen).flat().includes(rank);
    const pale = paling && !view.near.has(rank);
    const [wx, wy] = placeOf(rank);
    const { family, community, lines } = actors[rank];
    const weight = own ? 1e6 : state.pins.has(rank) ? 1e5 : sized[rank];
    return { rank, wx, wy, family, community, size: sized[rank], lines: lines.split("\n"), pale, own, pinned: state.pins.has(rank), weight };
  });
  const ties = grouped(view.list.filter((event) => isTie(event) && event.actor !== event.target), (event) => event.actor * actors.length + event.target);
  const seen = Array.from(ties.values()).filter(([{ actor, target }]) => view.actors.has(actor) && view.actors.has(target));
  const faint = Math.max(0.45, Math.min(1, 260 / seen.length)); // where there are many arcs, each is fainter
  const arcs = seen.map((list) => arcOf(list, faint));
  return { nodes, arcs: arcs.sort((a, b) => Number(b.pale) - Number(a.pale) || a.width - b.width || a.from - b.from || a.to - b.to) };
}

function placeOf(rank) {
  const { x, y } = actors[rank];
  const [wx, wy] = state.moved.get(rank) ?? [x, y];
  return [wx * stretch().x, wy * stretch().y];
}

function arcOf(list, faint) {
  const facts = list.filter((event) => event.asserted);
  const pale = state.chosen !== null && !state.steps && !list.some(isChosen);
  return {
    from: list[0].actor,
    to: list[0].target,
    list,
    tone: facts.length ? tone(facts) : "unasserted",
    width: facts.length ? Math.min(7, 1.1 + 1.1 * Math.log2(facts.length)) : 1.2,
    count: facts.length > 1 ? String(facts.length) : "",
    headed: !list.every((event) => event.symmetric),
    pale,
    alpha: pale ? 0.07 : chosenOr(faint) * (facts.length ? 0.85 : 0.75),
  };
}

/** What belongs to something chosen is never faint. */
const chosenOr = (faint) => (state.chosen ? 1 : faint);

/** Put a scene onto the screen: `frame` is {x, y, scale, width, height}, the place in the middle and how large a step is. */
function project(scene, frame, measure) {
  const grow = Math.max(0.6, Math.min(1.5, Math.sqrt(frame.scale)));
  const nodes = scene.nodes.map((node) => ({
    ...node,
    x: (node.wx - frame.x) * frame.scale + frame.width / 2,
    y: (node.wy - frame.y) * frame.scale + frame.height / 2,
    r: node.size * grow,
  }));
  const at = new Map(nodes.map((node) => [node.rank, node]));
  const arcs = scene.arcs.flatMap((arc) => {
    const bent = arcBetween(at.get(arc.from), at.get(arc.to), arc.headed);
    return bent ? [{ ...arc, ...bent }] : [];
  });
  const { labels, rooms } = placeLabels(nodes, measure, frame.width, frame.height);
  return { nodes, arcs, labels, counts: placeCounts(arcs, rooms), hulls: hullsOf(nodes) };
}

/** How many events an arc stands for, at its middle, where there is room. */
function placeCounts(arcs, rooms) {
  const counts = [];
  for (const arc of arcs.toReversed()) {
    if (!arc.count || arc.pale) continue;
    const { x, y } = pointOn(arc, 0.5);
    const half = 3.5 * arc.count.length + 1;
    const box = [x - half, y - 7, x + half, y + 7];
    if (!rooms.free(box)) continue;
    rooms.take(box);
    counts.push({ x, y: y - COUNT_SIZE / 2 - 1, text: arc.count });
  }
  return counts;
}

function hullsOf(nodes) {
  if (state.groups !== "hulls") return [];
  const groups = grouped(nodes.filter((node) => node.community >= 0), (node) => node.community);
  return Array.from(groups).filter(([, members]) => members.length >= HULL_SMALLEST).map(([group, members]) => ({
    group,
    points: hullOf(members.flatMap(({ x, y, r }) => Array.from({ length: 12 }, (_, step) => [
      x + (r + HULL_ROOM) * Math.cos((step * Math.PI) / 6), y + (r + HULL_ROOM) * Math.sin((step * Math.PI) / 6),
    ]))),
  }));
}

/** Draw what was put onto the screen with a pen: the canvas, or a file. */
function paint(pen, { nodes, arcs, labels, counts, hulls }, ink) {
  for (const { group, points } of hulls) pen.area(points, ink.groups[group % GROUPS], 0.13);
  const styled = grouped(arcs, (arc) => `${arc.tone} ${arc.width.toFixed(1)} ${arc.alpha}`);
  for (const same of styled.values()) {
    const [{ tone: name, width, alpha }] = same;
    pen.arcs(same, ink[name], width, DASHES[name], alpha);
    pen.heads(same.filter((arc) => arc.headed), ink[name], alpha, name === "unasserted");
  }
  for (const node of nodes) {
    const coloured = state.groups === "colours" && node.community >= 0 ? ink.groups[node.community % GROUPS] : ink.node;
    pen.symbol(node, coloured, node.own || node.pinned ? ink.chosen : ink.stage, node.own ? 3 : node.pinned ? 2 : 1.5, node.pale ? 0.2 : 1);
  }
  for (const { x, y, text } of counts) pen.text([text], x, y, COUNT_SIZE, "center", ink.soft, ink.stage, false);
  for (const label of labels) pen.text(label.lines, label.x, label.y, label.size, label.align, ink.ink, ink.stage, label.own);
}
