// Which events pass the filters, and which actors are in the picture.

const familyOf = (rank) => (rank >= 0 ? actors[rank].family : -1);

/** Whether an event passes every filter but the one named. */
function passes(event, except = "") {
  if (except !== "modality" && !event.asserted && !state.also.has(data.modalities[event.modality])) return false;
  if (except !== "action" && state.offActions.has(event.action)) return false;
  if (except !== "family" && (state.offFamilies.has(familyOf(event.actor)) || state.offFamilies.has(familyOf(event.target)))) return false;
  if (except !== "paper" && state.offPapers.size && event.papers.every((paper) => state.offPapers.has(paper))) return false;
  if (except !== "reports" && event.reports < state.reports) return false;
  if (except === "dates") return true;
  if (!event.first) return except === "undated" || state.undated;
  return (!state.from || event.last >= state.from) && (!state.to || event.first <= state.to);
}

const shown = () => events.filter((event) => passes(event));

/** The events that the evidence is about: those of the chosen actor, tie or path. */
function isChosen(event) {
  const chosen = state.chosen;
  if (!chosen) return false;
  if (chosen.actor !== undefined) return involves(event, chosen.actor);
  if (chosen.tie) return involves(event, chosen.tie[0]) && involves(event, chosen.tie[1]) && isTie(event) && (event.actor !== event.target || chosen.tie[0] === chosen.tie[1]);
  const way = view.way;
  return isTie(event) && way.some((actor, step) => step && involves(event, actor) && other(event, actor) === way[step - 1]);
}

/** The strongest of those who have a part in these events, as many as are to be shown. */
function strongestOf(list) {
  const parts = new Set(list.flatMap((event) => [event.actor, event.target]));
  parts.delete(-1);
  return new Set(Array.from(parts).sort((a, b) => a - b).slice(0, state.limit));
}

/** What the present state shows: events, actors, those near the chosen one, and the path, if one is asked for. */
const view = { list: [], actors: new Set(), near: new Set(), way: [] };

function look() {
  view.list = shown();
  view.way = state.chosen?.path ? shortest(view.list, ...state.chosen.path) : [];
  const chosenEvents = view.list.filter(isChosen);
  view.near = new Set([...chosenEvents.flatMap((event) => [event.actor, event.target]), ...Object.values(state.chosen ?? {}).flat()].filter((actor) => actor >= 0));
  const strongest = strongestOf(view.list);
  const circle = state.steps && state.chosen?.actor !== undefined ? around(view.list, state.chosen.actor, state.steps, strongest) : null;
  view.actors = new Set([...(circle ?? strongest), ...state.pins, ...view.near]);
  if (circle) view.list = view.list.filter((event) => [event.actor, event.target].every((actor) => actor < 0 || view.actors.has(actor)));
}
