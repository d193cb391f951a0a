// What is shown: the state of the filters, and the one question whether an event passes them.

const state = {
  types: new Set(events.map((event) => event.type)),
  from: "",
  to: "",
  undated: true,
  unasserted: false,
  limit: 0,
  chosen: null, // {actor} or {tie: [actor, target]}, by rank
};

/** Whether an event passes every filter but the one named. */
function passes(event, except = "") {
  if (except !== "unasserted" && !event.asserted && !state.unasserted) return false;
  if (except !== "types" && !state.types.has(event.type)) return false;
  if (except === "dates") return true;
  if (!event.first) return except === "undated" || state.undated;
  return (!state.from || event.last >= state.from) && (!state.to || event.first <= state.to);
}

const shown = () => events.filter((event) => passes(event));

/** The actors in the picture: the strongest, the chosen, and whom the chosen deals with. */
function shownActors(list) {
  const actors = new Set();
  for (const event of list) {
    for (const actor of [event.actor, event.target]) {
      if (actor >= 0 && (actor < state.limit || isChosen(event))) actors.add(actor);
    }
  }
  return actors;
}

function isChosen(event) {
  if (!state.chosen) return false;
  if (state.chosen.actor !== undefined) return involves(event, state.chosen.actor);
  const [one, other] = state.chosen.tie;
  return (event.actor === one && event.target === other) || (event.actor === other && event.target === one);
}

/** Connect the controls to the state; `changed` is called after each change. */
function controlFilters(changed) {
  const boxes = Array.from(document.querySelectorAll("[data-type]"));
  for (const box of boxes) {
    box.addEventListener("change", () => {
      state.types = new Set(boxes.filter((each) => each.checked).map((each) => each.dataset.type));
      changed();
    });
  }
  for (const group of document.querySelectorAll("[data-group]")) {
    group.addEventListener("change", () => {
      for (const box of group.closest(".group").querySelectorAll("[data-type]")) box.checked = group.checked;
      state.types = new Set(boxes.filter((each) => each.checked).map((each) => each.dataset.type));
      changed();
    });
  }
  for (const name of ["undated", "unasserted"]) {
    find(name).addEventListener("change", (event) => { state[name] = event.target.checked; changed(); });
  }
  for (const name of ["from", "to"]) {
    find(name).addEventListener("change", (event) => { state[name] = event.target.value; changed(); });
  }
  find("all-dates").addEventListener("click", () => chooseDates("", "", changed));
  find("limit").max = data.actors.length;
  state.limit = Math.min(data.actors.length, narrow.matches ? data.firstNarrow : data.first);
  find("limit").value = state.limit;
  find("limit").addEventListener("input", (event) => { state.limit = Number(event.target.value); changed(); });
  find("strongest").hidden = data.actors.length <= 10;
}

function chooseDates(from, to, changed) {
  state.from = find("from").value = from;
  state.to = find("to").value = to;
  changed();
}

/** Write beside each control how many events it concerns under the other filters. */
function countFilters() {
  const byType = grouped(events.filter((event) => passes(event, "types")), (event) => event.type);
  for (const output of document.querySelectorAll("[data-count]")) {
    output.textContent = (byType.get(output.dataset.count) || []).length;
  }
  for (const group of document.querySelectorAll(".group")) {
    const boxes = Array.from(group.querySelectorAll("[data-type]"));
    const checked = boxes.filter((box) => box.checked).length;
    const head = group.querySelector("[data-group]");
    head.checked = checked === boxes.length;
    head.indeterminate = checked > 0 && checked < boxes.length;
  }
  find("undated-count").textContent = events.filter((event) => !event.first && passes(event, "undated")).length;
  find("unasserted-count").textContent = events.filter((event) => !event.asserted && passes(event, "unasserted")).length;
  find("limit-count").textContent = `${state.limit} of ${data.actors.length}`;
  find("legend-unasserted").hidden = !state.unasserted;
}
