// The evidence: for the chosen actor or tie, its events and the sentences they rest on.

const CARDS = 60;
const NOTHING = "no event under these filters";

/** Show the chosen one's evidence, or the strongest actors and ties to choose from. */
function showEvidence(list, choose) {
  const panel = find("evidence");
  const parts = !state.chosen ? overview(list, choose) : state.chosen.tie ? tieEvidence(list, choose) : actorEvidence(list, choose);
  const inside = panel.contains(document.activeElement);
  panel.replaceChildren(...parts);
  if (inside) panel.focus({ preventScroll: true });
  panel.scrollTop = 0;
}

function actorEvidence(list, choose) {
  const actor = state.chosen.actor;
  const own = list.filter((event) => involves(event, actor));
  const { label, type, code } = data.actors[actor];
  const partners = grouped(own.filter(isTie), (event) => (event.actor === actor ? event.target : event.actor));
  const buttons = Array.from(partners).sort((a, b) => b[1].length - a[1].length).map(([other, some]) => {
    const button = element("button", { type: "button", title: summary(some) }, isolated(data.actors[other].label), ` ${some.length}`);
    button.addEventListener("click", () => choose({ tie: [actor, other] }));
    return button;
  });
  return [
    element("h2", {}, isolated(label)),
    element("p", { className: "note" }, [type, code, describe(actor, own).split("\n").pop(), summary(own) || NOTHING].filter(Boolean).join(" · ")),
    back(choose),
    element("div", { className: "partners", role: "group", "aria-label": "With whom" }, ...buttons),
    ...cards(own),
  ];
}

function tieEvidence(list, choose) {
  const [one, other] = state.chosen.tie;
  const own = list.filter(isChosen);
  return [
    element("h2", {}, isolated(data.actors[one].label), " and ", isolated(data.actors[other].label)),
    element("p", { className: "note" }, summary(own) || NOTHING),
    back(choose),
    element("div", { className: "partners", role: "group", "aria-label": "One of the two" },
      ...[one, other].map((actor) => {
        const button = element("button", { type: "button" }, "All of ", isolated(data.actors[actor].label));
        button.addEventListener("click", () => choose({ actor }));
        return button;
      })),
    ...cards(own),
  ];
}

function back(choose) {
  const button = element("button", { type: "button", className: "back", title: "Escape" }, "← All actors");
  button.addEventListener("click", () => choose(null));
  return button;
}

/** The events in order, each as in its row of the table. */
function cards(list) {
  const made = list.slice(0, CARDS).map(card);
  if (list.length <= CARDS) return made;
  const more = element("button", { type: "button" }, `Show ${list.length - CARDS} more`);
  more.addEventListener("click", () => more.replaceWith(...list.slice(CARDS).map(card)));
  return [...made, more];
}

function card(event) {
  const row = rows[event.row];
  const cells = Array.from(row.cells, (cell) => element("div", {}, ...cell.cloneNode(true).childNodes));
  const made = element("article", { className: `card ${row.className}` }, ...cells);
  for (const link of made.querySelectorAll("footer a")) {
    const article = document.querySelector(link.getAttribute("href"));
    link.replaceWith(...article.cloneNode(true).childNodes);
  }
  return made;
}

function overview(list, choose) {
  const counted = Array.from(shownActors(list), (actor) => [actor, list.filter((event) => involves(event, actor)).length]);
  counted.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const ties = Array.from(grouped(list.filter(isTie), (event) => [event.actor, event.target].sort((a, b) => a - b).join("-")));
  ties.sort((a, b) => b[1].length - a[1].length);
  if (!list.length) return [element("h2", {}, "Nothing to show"), element("p", { className: "note" }, "No event passes the filters.")];
  return [
    element("h2", {}, "Choose an actor or a tie"),
    element("p", { className: "note" }, "Its events appear here, each with the sentences it rests on."),
    element("h3", {}, "Strongest ties"),
    choices(ties.slice(0, 8).map(([key, some]) => {
      const [one, other] = key.split("-").map(Number);
      return [[isolated(data.actors[one].label), " – ", isolated(data.actors[other].label)], some.length, () => choose({ tie: [one, other] })];
    })),
    element("h3", {}, "Actors"),
    choices(counted.slice(0, 200).map(([actor, count]) => [[isolated(data.actors[actor].label)], count, () => choose({ actor })])),
  ];
}

function choices(items) {
  return element("ul", { className: "choices" }, ...items.map(([label, count, act]) => {
    const button = element("button", { type: "button" }, element("span", {}, ...label), element("small", {}, String(count)));
    button.addEventListener("click", act);
    return element("li", {}, button);
  }));
}
