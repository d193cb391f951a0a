// Arcs and places in the picture, in pixels of the screen.

const stretch = () => (narrow.matches ? { x: 0.62, y: 1.25 } : { x: 1, y: 1 }); // a telephone is higher than wide
const BEND = 0.14; // how far an arc leaves the straight line, as a part of its length
const HEAD = 8; // length of an arrow's head

/** The arc from one place to another, from the edge of one symbol to the edge of the other; null where they touch. */
function arcBetween(one, two, headed) {
  const across = two.x - one.x, down = two.y - one.y;
  const length = Math.hypot(across, down);
  if (length < one.r + two.r + 4) return null;
  const middle = { x: (one.x + two.x) / 2 + down * BEND, y: (one.y + two.y) / 2 - across * BEND };
  const begin = towards(one, middle, one.r + 1);
  const tip = towards(two, middle, two.r + 2);
  const end = headed ? towards(two, middle, two.r + HEAD) : tip;
  return { x1: begin.x, y1: begin.y, cx: middle.x, cy: middle.y, x2: end.x, y2: end.y, tip, headed };
}

function towards(from, to, distance) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) * distance) / length, y: from.y + ((to.y - from.y) * distance) / length };
}

function pointOn(arc, part) {
  const rest = 1 - part;
  return {
    x: rest * rest * arc.x1 + 2 * rest * part * arc.cx + part * part * arc.x2,
    y: rest * rest * arc.y1 + 2 * rest * part * arc.cy + part * part * arc.y2,
  };
}

/** The three corners of an arrow's head. */
function headOf(arc) {
  const across = arc.tip.x - arc.x2, down = arc.tip.y - arc.y2;
  const length = Math.hypot(across, down) || 1;
  const wide = { x: (-down / length) * HEAD * 0.42, y: (across / length) * HEAD * 0.42 };
  return [[arc.tip.x, arc.tip.y], [arc.x2 + wide.x, arc.y2 + wide.y], [arc.x2 - wide.x, arc.y2 - wide.y]];
}

/** How far a place is from an arc. */
function distanceTo(arc, x, y) {
  let least = Infinity;
  for (let step = 0; step <= 12; step++) {
    const point = pointOn(arc, step / 12);
    const next = pointOn(arc, Math.min(1, (step + 1) / 12));
    const across = next.x - point.x, down = next.y - point.y;
    const part = Math.max(0, Math.min(1, ((x - point.x) * across + (y - point.y) * down) / (across * across + down * down || 1)));
    least = Math.min(least, Math.hypot(x - point.x - part * across, y - point.y - part * down));
  }
  return least;
}

/** The corners of the least convex shape around places (monotone chain). */
function hullOf(points) {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  const half = (list) => {
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.toReversed())];
}
