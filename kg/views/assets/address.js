// The view as an address, so that it can be sent and found again. What is read from an address is believed only if it fits the page.

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

function address() {
  const first = beginning();
  const said = new URLSearchParams();
  const put = (name, value) => { if (value) said.set(name, value); };
  const ids = (ranks) => ranks.map((rank) => actors[rank].id).join(" ");
  if (state.chosen) {
    for (const [name, value] of Object.entries(state.chosen)) put(name, ids([value].flat()));
  }
  put("steps", state.steps && String(state.steps));
  put("from", state.from);
  put("to", state.to);
  put("undated", state.undated ? "" : "no");
  put("also", Array.from(state.also).sort().join(" "));
  put("reports", state.reports > 1 && String(state.reports));
  put("without", Array.from(state.offActions).sort((a, b) => a - b).map((index) => actions[index].id).join(" "));
  put("without-types", Array.from(state.offFamilies).sort((a, b) => a - b).map((index) => data.families[index]).join(" "));
  put("without-sources", state.offPapers.size && JSON.stringify(Array.from(state.offPapers).sort((a, b) => a - b).map((index) => data.papers[index])));
  put("top", state.limit !== first.limit && String(state.limit));
  for (const name of ["size", "groups", "view"]) put(name, state[name] !== first[name] && state[name]);
  put("pins", ids(Array.from(state.pins).sort((a, b) => a - b)));
  put("at", Array.from(state.moved).sort((a, b) => a[0] - b[0]).map(([rank, [x, y]]) => `${actors[rank].id}@${x},${y}`).join(" "));
  put("frame", state.frame?.join(","));
  return said.toString();
}

const framed = location.protocol === "about:"; // in a notebook the page has no address of its own

function putAddress() {
  if (!framed) history.replaceState(null, "", `#${address()}`);
}

/** Read what an address says of the state; what does not fit is left out. */
function readAddress(text) {
  const said = new URLSearchParams(text.replace(/^#/, ""));
  const found = {};
  const list = (name) => (said.get(name) ?? "").split(" ").filter(Boolean);
  const ranks = (name) => list(name).filter((id) => rankOf.has(id)).map((id) => rankOf.get(id));
  const number = (name, low, high) => (/^\d{1,6}$/.test(said.get(name) ?? "") ? Math.min(high, Math.max(low, Number(said.get(name)))) : undefined);
  const oneOf = (name, allowed) => (allowed.includes(said.get(name)) ? said.get(name) : undefined);
  const day = (name) => (ISO_DAY.test(said.get(name) ?? "") && !Number.isNaN(Date.parse(said.get(name))) ? said.get(name) : undefined);
  const places = (names, known) => new Set(names.map((name) => known.indexOf(name)).filter((place) => place >= 0));
  for (const name of ["actor", "tie", "path"]) {
    const who = ranks(name);
    if (name === "actor" && who.length === 1) found.chosen = { actor: who[0] };
    if (name !== "actor" && who.length === 2) found.chosen = { [name]: who };
  }
  found.steps = number("steps", 0, 2);
  found.from = day("from");
  found.to = day("to");
  if (said.get("undated") === "no") found.undated = false;
  found.also = new Set(list("also").filter((name) => data.modalities.slice(1).includes(name)));
  found.reports = number("reports", 1, 99);
  found.offActions = places(list("without"), data.actions.id);
  found.offFamilies = places(list("without-types"), data.families);
  found.offPapers = places(readNames(said.get("without-sources")), data.papers);
  found.limit = number("top", Math.min(5, actors.length), actors.length);
  found.size = oneOf("size", MEASURES);
  found.groups = oneOf("groups", GROUPINGS);
  found.view = oneOf("view", ["picture", "table"]);
  found.pins = new Set(ranks("pins"));
  found.moved = new Map(list("at").flatMap((text) => {
    const match = /^(.+)@(-?\d{1,5}),(-?\d{1,5})$/.exec(text);
    return match && rankOf.has(match[1]) ? [[rankOf.get(match[1]), [Number(match[2]), Number(match[3])]]] : [];
  }));
  const frame = /^(-?\d{1,5}),(-?\d{1,5}),(\d{1,3})$/.exec(said.get("frame") ?? "");
  if (frame && Number(frame[3]) >= 5) found.frame = frame.slice(1).map(Number);
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function readNames(text) {
  try {
    const names = JSON.parse(text ?? "[]");
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}
