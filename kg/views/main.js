// Puts the parts together: every change of the state goes through `update`.

for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;
document.documentElement.dataset.script = "on";
find("narrow").open = !narrow.matches;
find("table").hidden = true;

controlFilters(() => update({ refit: true }));
const picture = makePicture(choose);
const histogram = makeHistogram(() => update({ refit: true }));
makeSearch(choose);
onTheme(() => update());

function choose(chosen) {
  state.chosen = chosen;
  const unseen = chosen !== null && [chosen.actor, ...(chosen.tie || [])].some((actor) => actor >= state.limit);
  update({ refit: unseen });
  if (chosen && narrow.matches) find("evidence").scrollIntoView({ block: "start" });
}

function update({ refit = false } = {}) {
  const list = shown();
  const actors = shownActors(list);
  const passing = new Set(list);
  picture.show(list, actors);
  histogram.show(list);
  countFilters();
  showEvidence(list, choose);
  rows.forEach((row, index) => { row.hidden = !passing.has(events[index]) || (state.chosen !== null && !isChosen(events[index])); });
  const all = events.filter((event) => event.asserted || state.unasserted).length;
  find("status").textContent = `${actors.size} of ${plural(data.actors.length, "actor")} · ${list.length} of ${plural(all, "event")}`;
  if (refit) picture.fit();
}

find("fit").addEventListener("click", () => picture.fit());
find("closer").addEventListener("click", () => picture.zoom(1.3));
find("further").addEventListener("click", () => picture.zoom(1 / 1.3));
find("csv").addEventListener("click", () => save(new Blob([csv(shown().filter((event) => !state.chosen || isChosen(event)))], { type: "text/csv" }), "events.csv"));
find("png").addEventListener("click", () => savePicture(picture));
find("as-table").addEventListener("click", (event) => {
  const table = find("table").hidden;
  find("table").hidden = !table;
  find("drawing").hidden = table;
  for (const name of ["fit", "closer", "further", "png"]) find(name).disabled = table;
  event.currentTarget.setAttribute("aria-pressed", String(table));
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.chosen) choose(null);
});

update({ refit: true });
picture.network.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
picture.network.redraw();
