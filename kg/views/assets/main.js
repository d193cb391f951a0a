// Puts the parts together: every change of the state goes through `update`.

const WRITE_AFTER = 300; // milliseconds after which the address follows the view

find("narrow").open = !narrow.matches;
let writing = 0;
restore(location.hash);
const filters = makeFilters();
const picture = makePicture(choose, writeAddress);
const histogram = makeHistogram();
makeSearch(choose);
makeSaving(picture);
controlDates();
onTheme(() => picture.retint());

function choose(chosen) {
  const unseen = chosen !== null && Object.values(chosen).flat().some((actor) => !view.actors.has(actor));
  change("chosen", (now) => { now.chosen = chosen; if (chosen?.actor === undefined) now.steps = 0; }, { refit: unseen || state.steps > 0 });
  if (chosen?.actor !== undefined) picture.reveal(chosen.actor);
  if (chosen && narrow.matches) find("evidence").scrollIntoView({ block: "start" });
}

function writeAddress() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    if (address() !== location.hash.slice(1)) putAddress();
  }, WRITE_AFTER);
}

function update({ refit = false } = {}) {
  document.documentElement.dataset.view = state.view;
  look();
  picture.show({ refit });
  histogram.show();
  filters();
  showEvidence(choose);
  const passing = new Set(view.list);
  rows.forEach((row, index) => {
    const hidden = !passing.has(events[index]) || (state.chosen !== null && !isChosen(events[index]));
    if (row.hidden !== hidden) row.hidden = hidden;
  });
  const all = events.filter((event) => event.asserted || state.also.has(data.modalities[event.modality])).length;
  find("status").textContent = [[view.actors.size, actors.length, "actors"], [view.list.length, all, "events"]].map(([some, whole, noun]) =>
    say("of", { n: numeral(some), all: counted(noun, whole) })).join(" · ");
  find("undo").disabled = past.length === 0;
  find("as-table").setAttribute("aria-pressed", String(state.view === "table"));
  for (const name of ["fit", "closer", "further", "png", "svg"]) find(name).disabled = state.view === "table";
}

listener = ({ refit }) => {
  if (lastChange.name.startsWith("move ")) {
    picture.show();
    find("undo").disabled = false;
  } else update({ refit });
  writeAddress();
};

find("fit").addEventListener("click", () => picture.fit());
find("closer").addEventListener("click", () => picture.zoom(1.3));
find("further").addEventListener("click", () => picture.zoom(1 / 1.3));
find("undo").addEventListener("click", undo);
find("reset").addEventListener("click", () => change("reset", (now) => Object.assign(now, beginning()), { refit: true }));
find("as-table").addEventListener("click", () => change("view", (now) => { now.view = now.view === "table" ? "picture" : "table"; }));
find("understood")?.addEventListener("click", () => { find("bounded").hidden = true; });
narrow.addEventListener("change", () => update({ refit: true }));
addEventListener("hashchange", () => {
  if (location.hash.slice(1) === address()) return;
  restore(location.hash);
  update({ refit: true });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.chosen) choose(null);
  if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.target.matches("input[type=search], input[list]")) {
    event.preventDefault();
    undo();
  }
});

update({ refit: true });
requestAnimationFrame(() => { document.documentElement.dataset.ready = "yes"; });
