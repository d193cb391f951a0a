// Ways through the network: who is within a step or two of an actor, and how two of them are joined.

/** Whom each actor deals with, by how many events, strongest first. */
function neighbours(list) {
  const near = new Map();
  const add = (one, two) => {
    if (!near.has(one)) near.set(one, new Map());
    near.get(one).set(two, (near.get(one).get(two) ?? 0) + 1);
  };
  for (const event of list) {
    if (!isTie(event) || event.actor === event.target) continue;
    add(event.actor, event.target);
    add(event.target, event.actor);
  }
  return near;
}

/** The actors within so many steps; in the second step only those that the picture would show anyway. */
function around(list, centre, steps, strongest) {
  const near = neighbours(list);
  const found = new Set([centre, ...(near.get(centre)?.keys() ?? [])]);
  if (steps < 2) return found;
  for (const actor of Array.from(found)) {
    for (const far of near.get(actor)?.keys() ?? []) if (strongest.has(far)) found.add(far);
  }
  return found;
}

/** The shortest way between two actors, over the strongest ties where there are several; empty if there is none. */
function shortest(list, from, to) {
  const near = neighbours(list);
  const before = new Map([[from, -1]]);
  let edge = [from];
  while (edge.length && !before.has(to)) {
    const next = [];
    for (const actor of edge) {
      const ordered = Array.from(near.get(actor) ?? []).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      for (const [far] of ordered) if (!before.has(far)) { before.set(far, actor); next.push(far); }
    }
    edge = next;
  }
  if (!before.has(to)) return [];
  const way = [];
  for (let actor = to; actor >= 0; actor = before.get(actor)) way.unshift(actor);
  return way;
}
