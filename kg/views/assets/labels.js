// Where labels go: the strongest first, under the symbol, beside it or at a corner, and nowhere rather than on another.

const GAP = 3;
const SURE = 40; // so many of the strongest have a label even if it lies on the symbol of a weaker one
const CELL = 48;

/** Rooms that are taken, by the cells of a grid. */
function makeRooms() {
  const cells = new Map();
  const touched = ([left, top, right, bottom]) => {
    const keys = [];
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) keys.push(x * 4096 + y);
    }
    return keys;
  };
  return {
    free: (room, own = -1) => !touched(room).some((key) => (cells.get(key) ?? []).some(({ box, of }) => of !== own && room[0] < box[2] && box[0] < room[2] && room[1] < box[3] && box[1] < room[3])),
    take: (box, of = null) => {
      for (const key of touched(box)) {
        if (cells.has(key)) cells.get(key).push({ box, of });
        else cells.set(key, [{ box, of }]);
      }
    },
  };
}

const fontSize = (node) => Math.round(12 + (3 * (node.size - 6)) / 16);

/** Give each node that wants one a label where there is room; returns the labels and the rooms that are taken. */
function placeLabels(nodes, measure, width, height) {
  const rooms = makeRooms(); // symbols and labels
  const written = makeRooms(); // labels alone
  const near = nodes.filter((node) => node.x > -80 && node.y > -80 && node.x < width + 80 && node.y < height + 80);
  for (const node of near) rooms.take([node.x - node.r, node.y - node.r, node.x + node.r, node.y + node.r], node.rank);
  const labels = [];
  const wanting = near.filter((one) => !one.pale).sort((a, b) => b.weight - a.weight || a.rank - b.rank);
  for (const [order, node] of wanting.entries()) {
    const size = fontSize(node);
    const lines = node.lines;
    const wide = Math.max(...lines.map((line) => measure(line, size)));
    const high = lines.length * (size + 1);
    const aside = node.r * 0.7 + 1;
    const spots = [
      [node.x - wide / 2, node.y + node.r + GAP, "center"],
      [node.x + node.r + GAP + 1, node.y - high / 2, "left"],
      [node.x - node.r - GAP - 1 - wide, node.y - high / 2, "right"],
      [node.x - wide / 2, node.y - node.r - GAP - high, "center"],
      [node.x + aside, node.y + aside, "left"],
      [node.x - aside - wide, node.y + aside, "right"],
      [node.x + aside, node.y - aside - high, "left"],
      [node.x - aside - wide, node.y - aside - high, "right"],
    ];
    const inside = ([left, top]) => left > 1 && left + wide < width - 1 && top > 0 && top + high < height;
    const seen = spots.some(inside) ? spots.filter(inside) : spots;
    const fits = (taken) => ([left, top]) => taken.free([left - 2, top, left + wide + 2, top + high], node.rank);
    const spot = seen.find(fits(rooms)) ?? (order < SURE ? seen.find(fits(written)) : undefined) ?? (node.own ? seen[0] : undefined);
    if (!spot) continue;
    const box = [spot[0] - 2, spot[1], spot[0] + wide + 2, spot[1] + high];
    rooms.take(box);
    written.take(box);
    const x = { center: box[0] + 2 + wide / 2, left: box[0] + 2, right: box[2] - 2 }[spot[2]];
    labels.push({ rank: node.rank, lines, size, box, x, y: spot[1], align: spot[2], own: node.own });
  }
  return { labels, rooms };
}
