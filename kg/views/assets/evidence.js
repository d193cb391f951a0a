// The evidence: for the chosen actor, tie or path, its events and the sentences they rest on.

const CARDS = 60;

/** Show the chosen one's evidence, or the strongest actors and ties to choose from. */
function showEvidence(choose) {
  const panel = find("evidence");
  const made = !state.chosen ? overview(choose) : state.chosen.path ? pathEvidence(choose) : state.chosen.tie ? tieEvidence(choose) : actorEvidence(choose);
  const held = document.activeElement;
  const key = panel.contains(held) ? held.dataset.key : undefined;
  const inside = panel.contains(held);
  panel.replaceChildren(...made);
  document.documentElement.dataset.chosen = state.chosen ? "yes" : "no";
  if (inside) ((key && panel.querySelector(`[data-key="${key}"]`)) || panel).focus({ preventScroll: true });
  panel.scrollTop = 0;
}

const button = (properties, act, ...children) => {
  const made = element("button", { type: "button", ...properties }, ...children);
  made.addEventListener("click", act);
  return made;
};

/** Words with an actor's name in them, the name kept apart from the direction of the text around it. */
function saidOf(key, names) {
  return data.words[key].split(/(\{[a-z]+\})/).map((part) => (part.startsWith("{") ? isolated(names[part.slice(1, -1)]) : part));
}

const back = (choose) => button({ className: "back", title: say("back-hint") }, () => choose(null), `← ${say("back")}`);

const heading = (parts, ...note) => [element("h2", {}, ...parts), element("p", { className: "note" }, ...note)];

function actorEvidence(choose) {
  const actor = state.chosen.actor;
  const own = view.list.filter((event) => involves(event, actor));
  const { label, family, code, names } = actors[actor];
  const kind = say(`family-${data.families[family]}`);
  const partners = grouped(own.filter((event) => isTie(event) && event.actor !== event.target), (event) => other(event, actor));
  const buttons = Array.from(partners).sort((a, b) => heavier(a[1], b[1]) || a[0] - b[0]).map(([far, some]) =>
    button({ title: summary(some) }, () => choose({ tie: [actor, far] }), isolated(actors[far].label), ` ${tally(some)}`));
  return [
    ...heading([isolated(label)], [kind, code, describe(actor), summary(own) || say("nothing-here")].filter(Boolean).join(" · ")),
    ...(names.length ? [element("p", { className: "note" }, say("also-called"), ...names.flatMap((name, index) => [index ? ", " : "", isolated(name)]))] : []),
    element("div", { className: "acts" }, back(choose), pinButton(actor), pathInput(actor), stepsInput()),
    ...(buttons.length ? [element("div", { className: "partners", role: "group", "aria-label": say("with-whom") }, ...buttons)] : []),
    ...cards(own),
  ];
}

function pinButton(actor) {
  const pinned = state.pins.has(actor);
  return button({ title: say("pin-hint"), "aria-pressed": String(pinned), "data-key": "pin" }, () => change("pin", (now) => {
    now.pins = new Set(now.pins);
    now.pins[pinned ? "delete" : "add"](actor);
  }), say(pinned ? "unpin" : "pin"));
}

function stepsInput() {
  const lines = [["around-all", 0], ["around-1", 1], ["around-2", 2]].map(([key, steps]) => {
    const input = element("input", { type: "radio", name: "steps", checked: state.steps === steps, "data-key": key });
    input.addEventListener("change", () => change("steps", (now) => { now.steps = steps; }, { refit: true }));
    return element("label", {}, input, say(key));
  });
  return element("fieldset", {}, element("legend", {}, say("around")), ...lines);
}

/** A field for the other end of a path: names are proposed as they are typed. */
function pathInput(actor) {
  const input = element("input", { list: "ends", "data-key": "path", autocomplete: "off" });
  const take = () => {
    const words = folded(input.value);
    const far = actors.find((one) => one.rank !== actor && folded(one.label) === words);
    if (far) change("chosen", (now) => { now.chosen = { path: [actor, far.rank] }; now.steps = 0; });
  };
  input.addEventListener("change", take);
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") take(); });
  const ends = element("datalist", { id: "ends" }, ...actors.filter((one) => one.rank !== actor).map((one) => element("option", { value: one.label })));
  return element("label", { className: "path" }, say("path-to"), input, ends);
}

function tieEvidence(choose) {
  const [one, two] = state.chosen.tie;
  const own = view.list.filter(isChosen);
  return [
    ...heading(saidOf("and", { one: actors[one].label, other: actors[two].label }), summary(own) || say("nothing-here")),
    element("div", { className: "acts" }, back(choose)),
    element("div", { className: "partners", role: "group", "aria-label": say("one-of-two") },
      ...[one, two].map((actor) => button({}, () => choose({ actor }), ...saidOf("all-of", { name: actors[actor].label })))),
    ...cards(own),
  ];
}

/** A path tie by tie: for each the two actors, and below them all its events. */
function pathEvidence(choose) {
  const [from, to] = state.chosen.path;
  const way = view.way;
  const note = way.length ? [counted("path-steps", way.length - 1), ...way.flatMap((actor, step) => [step ? " – " : "", isolated(actors[actor].label)])] : [say("path-none")];
  const parts = way.slice(1).flatMap((actor, step) => {
    const before = way[step];
    const own = view.list.filter((event) => isTie(event) && involves(event, actor) && other(event, actor) === before);
    return [
      element("h3", {}, button({}, () => choose({ tie: [before, actor] }), isolated(actors[before].label), " – ", isolated(actors[actor].label), ` ${tally(own)}`)),
      ...cards(own.slice(0, 5)),
    ];
  });
  return [...heading(saidOf("path-title", { one: actors[from].label, other: actors[to].label }), ...note), element("div", { className: "acts" }, back(choose)), ...parts];
}

/** The events in order, each as in its row of the table. */
function cards(list) {
  const made = list.slice(0, CARDS).map(card);
  if (list.length <= CARDS) return made;
  const more = button({}, () => more.replaceWith(...list.slice(CARDS).map(card)), say("more", { n: numeral(list.length - CARDS) }));
  return [...made, more];
}

function card(event) {
  const row = rows[event.row];
  const cells = Array.from(row.cells, (cell) => element("div", {}, ...cell.cloneNode(true).childNodes));
  const made = element("article", { className: `card ${row.className}` }, ...cells);
  for (const link of made.querySelectorAll("footer a")) {
    const article = find(link.getAttribute("href").slice(1));
    link.replaceWith(...article.cloneNode(true).childNodes);
  }
  return made;
}

function overview(choose) {
  if (!view.list.length) return [element("h2", {}, say("nothing")), element("p", { className: "note" }, say("nothing-note"))];
  const parts = new Map(Array.from(view.actors, (actor) => [actor, []]));
  for (const event of view.list) for (const actor of new Set([event.actor, event.target])) parts.get(actor)?.push(event);
  const strongest = Array.from(parts).sort((a, b) => heavier(a[1], b[1]) || a[0] - b[0]);
  const pairs = grouped(view.list.filter((event) => isTie(event) && event.actor !== event.target), (event) => Math.min(event.actor, event.target) * actors.length + Math.max(event.actor, event.target));
  const ties = Array.from(pairs).sort((a, b) => heavier(a[1], b[1]) || a[0] - b[0]).slice(0, 8);
  return [
    element("h2", {}, say("choose")),
    element("p", { className: "note" }, say("choose-note")),
    element("h3", {}, say("strongest-ties"), " ", unit()),
    choices(ties.map(([key, some]) => {
      const [one, two] = [Math.floor(key / actors.length), key % actors.length];
      return [[isolated(actors[one].label), " – ", isolated(actors[two].label)], tally(some), () => choose({ tie: [one, two] })];
    })),
    element("h3", {}, say("actors-heading"), " ", unit()),
    choices(strongest.slice(0, 200).map(([actor, some]) => [[isolated(actors[actor].label)], tally(some), () => choose({ actor })])),
  ];
}

/** What the numbers below a heading count. */
const unit = () => element("span", { className: "unit" }, say("unit-events"));

function choices(items) {
  return element("ul", { className: "choices" }, ...items.map(([label, count, act]) =>
    element("li", {}, button({}, act, element("span", {}, ...label), element("small", {}, count)))));
}
