// What is chosen and filtered: one plain object, changed in one place, and taken back by its former address.

const MEASURES = ["degree", "betweenness", "pagerank"];
const GROUPINGS = ["none", "hulls", "colours"];
const MOST_UNDO = 100;

function beginning() {
  return {
    offActions: new Set(), offFamilies: new Set(), offPapers: new Set(), // what is unchecked, by number
    also: new Set(), // modalities shown besides what is asserted
    reports: 1,
    from: "", to: "", undated: true,
    limit: Math.min(actors.length, narrow.matches ? data.firstNarrow : data.first),
    size: "degree", groups: "none", view: "picture",
    chosen: null, // {actor}, {tie: [actor, target]} or {path: [from, to]}, by rank
    steps: 0, // how far around a chosen actor is shown; 0 shows everything
    pins: new Set(),
    moved: new Map(), // rank to [x, y]
    frame: null, // where one has moved and zoomed to: [x, y, hundredths]; null shows all
  };
}

const state = beginning();
const past = [];
let listener = null; // called after each change, once the page is put together
let lastChange = { name: "", at: 0 };

/** Change the state by a function. What changes quickly under one name is taken back at once. */
function change(name, alter, { refit = false } = {}) {
  const before = address();
  alter(state);
  if (address() === before) return;
  const now = performance.now();
  if (name !== lastChange.name || now - lastChange.at > 900) past.push(before);
  if (past.length > MOST_UNDO) past.shift();
  lastChange = { name, at: now };
  listener?.({ refit });
}

function undo() {
  if (!past.length) return;
  restore(past.pop());
  lastChange = { name: "", at: 0 };
  listener?.({ refit: true });
}

/** Become what an address says, whatever was before. */
function restore(text) {
  Object.assign(state, beginning(), readAddress(text));
}
