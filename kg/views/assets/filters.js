// The controls of what is shown: made from what there is, counted under all other filters.

const SHOW_FOLDED = 10; // sources shown at once; more of them scroll

/** A box to check with its label, and how many events it concerns. */
function box(label, { checked = true, icon = "", toggle }) {
  const input = element("input", { type: "checkbox", checked });
  input.addEventListener("change", () => toggle(input.checked));
  const symbol = icon ? [drawn("svg", { "aria-hidden": "true" }, drawn("use", { href: `#${icon}` }))] : [];
  const count = element("output");
  return { line: element("label", {}, input, ...symbol, element("span", {}, isolated(label)), " ", count), input, count };
}

/** The action tree, two levels deep: types under the names of their classes, and finer actions under each type. */
function makeTree() {
  const branches = [];
  const setAll = (list, on) => change("action", (now) => {
    now.offActions = new Set(now.offActions);
    for (const action of list) now.offActions[on ? "delete" : "add"](action.index);
  }, { refit: true });
  for (const quad of [1, 2, 3, 4, 0]) {
    const kinds = data.types.filter((type) => type.quad === quad);
    if (!kinds.length) continue;
    find("actions").append(element("p", { className: `quad ${quad === 0 ? "neutral" : quad < 3 ? "cooperation" : "conflict"}` }, say(`quad-${quad}`)));
    for (const kind of kinds) {
      const own = actions.filter((action) => action.type === kind.id);
      const name = kind.id.charAt(0) + kind.id.slice(1).toLowerCase();
      const head = box(name, { toggle: (on) => setAll(own, on) });
      head.input.dataset.type = kind.id;
      const leaves = own.map((action) => ({ action, ...box(action.label, { toggle: (on) => setAll([action], on) }) }));
      const inner = element("div", { className: "inner", id: `finer-${kind.id}`, hidden: true }, ...leaves.map(({ line }) => line));
      const fold = element("button", { type: "button", className: "fold", "aria-expanded": "false", "aria-controls": inner.id, "aria-label": say("finer", { name }) });
      fold.addEventListener("click", () => {
        inner.hidden = !inner.hidden;
        fold.setAttribute("aria-expanded", String(!inner.hidden));
      });
      find("actions").append(element("div", { className: "branch" }, fold, head.line), inner);
      branches.push({ head, leaves });
    }
  }
  return (list) => {
    const byAction = grouped(list, (event) => event.action);
    for (const { head, leaves } of branches) {
      let sum = 0;
      for (const { action, input, count } of leaves) {
        const some = byAction.get(action.index)?.length ?? 0;
        count.textContent = numeral(some);
        input.checked = !state.offActions.has(action.index);
        sum += some;
      }
      const on = leaves.filter(({ input }) => input.checked).length;
      head.count.textContent = numeral(sum);
      head.input.checked = on === leaves.length;
      head.input.indeterminate = on > 0 && on < leaves.length;
    }
  };
}

/** A list of boxes, one for each number of `names` that occurs; returns how to count them anew. */
function makeBoxes(place, names, off, { icons = [], numbersOf, counting = "events" }) {
  const occurring = new Set(events.flatMap(numbersOf));
  const boxes = names.map((name, number) => ({ name, number })).filter(({ number }) => occurring.has(number)).map(({ name, number }) => ({
    number,
    ...box(name, {
      icon: icons[number],
      toggle: (on) => change(off, (now) => { now[off] = new Set(now[off]); now[off][on ? "delete" : "add"](number); }, { refit: true }),
    }),
  }));
  place.append(...boxes.map(({ line }) => line));
  if (boxes.length > SHOW_FOLDED) { place.classList.add("long"); place.tabIndex = 0; }
  place.closest("fieldset").hidden = boxes.length < 2;
  return (list) => {
    const counts = new Map();
    for (const event of list) for (const number of new Set(numbersOf(event))) counts.set(number, (counts.get(number) ?? 0) + 1);
    for (const { number, input, count } of boxes) {
      input.checked = !state[off].has(number);
      count.textContent = numeral(counts.get(number) ?? 0);
      count.title = counted(counting, counts.get(number) ?? 0);
    }
  };
}

function makeModalities() {
  const inputs = Array.from(document.querySelectorAll("[data-modality]"));
  const set = (alter) => change("also", (now) => { now.also = new Set(now.also); alter(now.also); }, { refit: true });
  find("unasserted").addEventListener("change", (event) => set((also) => {
    for (const name of data.modalities.slice(1)) also[event.target.checked ? "add" : "delete"](name);
  }));
  for (const input of inputs) input.addEventListener("change", () => set((also) => also[input.checked ? "add" : "delete"](input.dataset.modality)));
  return (list) => {
    const counts = grouped(list, (event) => data.modalities[event.modality]);
    for (const input of inputs) {
      input.checked = state.also.has(input.dataset.modality);
      input.parentElement.querySelector("output").textContent = numeral(counts.get(input.dataset.modality)?.length ?? 0);
    }
    find("unasserted").checked = state.also.size > 0;
    find("unasserted").indeterminate = state.also.size > 0 && state.also.size < inputs.length;
    find("modalities").hidden = state.also.size === 0;
    find("unasserted-count").textContent = numeral(list.filter((event) => !event.asserted).length);
    find("legend-unasserted").hidden = state.also.size === 0;
  };
}

/** Connect all controls to the state; returns how to bring them in line with it. */
function makeFilters() {
  const parts = [
    ["action", makeTree()],
    ["family", makeBoxes(find("families"), data.families.map((name) => say(`family-${name}`)), "offFamilies", {
      icons: data.families, counting: "with-such", numbersOf: (event) => [familyOf(event.actor), familyOf(event.target)].filter((family) => family >= 0),
    })],
    ["paper", makeBoxes(find("papers"), data.papers.map((name) => name || say("no-paper")), "offPapers", { numbersOf: (event) => event.papers })],
    ["modality", makeModalities()],
  ];
  const number = (id, name, refit = true) => find(id).addEventListener("input", (event) => {
    const { value, min, max } = event.target;
    if (/^\d+$/.test(value)) change(name, (now) => { now[name] = Math.max(Number(min), Math.min(Number(max), Number(value))); }, { refit });
  });
  find("limit").min = Math.min(5, actors.length);
  find("limit").max = actors.length;
  find("strongest").hidden = actors.length <= 10;
  number("limit", "limit");
  number("reports", "reports");
  for (const name of ["size", "groups"]) find(name).addEventListener("change", (event) => change(name, (now) => { now[name] = event.target.value; }));
  find("undated").addEventListener("change", (event) => change("undated", (now) => { now.undated = event.target.checked; }));
  return () => {
    for (const [except, update] of parts) update(events.filter((event) => passes(event, except)));
    for (const name of ["limit", "size", "groups"]) find(name).value = state[name];
    if (document.activeElement !== find("reports")) find("reports").value = state.reports;
    find("limit-count").textContent = numeral(state.limit);
    find("undated").checked = state.undated;
    find("undated-count").textContent = numeral(events.filter((event) => !event.first && passes(event, "undated")).length);
  };
}
