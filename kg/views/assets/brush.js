// The stretch of time that is shown: two handles, a window between them that can be moved, and playback.

const TICK = 700; // milliseconds for each step of the playback

const chooseDates = (from, to, name = "dates") => change(name, (now) => { now.from = from; now.to = to; });

/** The handles of the histogram, whose steps begin at these days; the last edge is the end. */
function makeBrush(svg, edges) {
  const count = edges.length - 1;
  const first = () => (state.from ? Math.max(0, edges.findLastIndex((edge) => toText(edge) <= state.from)) : 0);
  const last = () => (state.to ? Math.max(0, Math.min(count - 1, edges.findLastIndex((edge) => toText(edge) <= state.to))) : count - 1);
  const span = (one, two, name) => {
    const [low, high] = one <= two ? [one, two] : [two, one];
    const whole = low <= 0 && high >= count - 1;
    chooseDates(whole ? "" : toText(edges[Math.max(0, low)]), whole ? "" : toText(edges[Math.min(count, high + 1)] - 1), name);
  };

  const area = drawn("rect", { class: "window", y: 0, height: HIGH - FOOT, "data-part": "window" });
  const handles = ["from", "to"].map((part) => {
    const handle = drawn("rect", { class: "handle", y: 14, width: 9, height: HIGH - FOOT - 28, rx: 4, tabindex: 0, role: "slider", "aria-label": say(`handle-${part}`), "aria-valuemin": 0, "aria-valuemax": count - 1, "data-part": part });
    handle.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5, Home: -count, End: count }[event.key];
      if (!way) return;
      event.preventDefault();
      const bounded = (step, low, high) => Math.max(low, Math.min(high, step));
      if (part === "from") span(bounded(first() + way, 0, last()), last(), "handle");
      else span(first(), bounded(last() + way, first(), count - 1), "handle");
    });
    return handle;
  });

  let held = null;
  const stepAt = (event) => Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - svg.getBoundingClientRect().left) / svg.clientWidth) * count)));
  svg.addEventListener("pointerdown", (event) => {
    const step = stepAt(event);
    const narrowed = state.from || state.to;
    const part = event.target.dataset.part === "window" && !narrowed ? "new" : event.target.dataset.part ?? "new";
    held = { part, step, low: first(), high: last() };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!held) return;
    const step = stepAt(event), by = step - held.step;
    if (held.part === "from") span(step, held.high, "drag");
    else if (held.part === "to") span(held.low, step, "drag");
    else if (held.part === "window") {
      const shift = Math.max(-held.low, Math.min(count - 1 - held.high, by));
      span(held.low + shift, held.high + shift, "drag");
    } else if (by) span(held.step, step, "drag");
  });
  svg.addEventListener("pointerup", (event) => {
    if (held?.part === "new" && stepAt(event) === held.step) span(held.step, held.step, "drag");
    held = null;
  });
  svg.addEventListener("pointercancel", () => { held = null; });
  makePlayback({ first, last, span, count });

  function show(place, width) {
    const [low, high] = [first() * width, (last() + 1) * width];
    area.setAttribute("x", low);
    area.setAttribute("width", Math.max(1, high - low));
    area.setAttribute("visibility", state.from || state.to ? "visible" : "hidden");
    handles[0].setAttribute("x", Math.max(0, low - 4.5));
    handles[1].setAttribute("x", Math.min(width * count - 9, high - 4.5));
    [first(), last()].forEach((step, index) => {
      handles[index].setAttribute("aria-valuenow", step);
      handles[index].setAttribute("aria-valuetext", toText(index ? edges[step + 1] - 1 : edges[step]));
    });
    if (!area.isConnected) place.append(area, ...handles);
  }
  return { show };
}

/** Play: a stretch that was chosen moves on, step by step; with none, time fills up from the beginning. */
function makePlayback({ first, last, span, count }) {
  const button = find("play");
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    button.textContent = say("play");
    button.setAttribute("aria-pressed", "false");
  };
  button.addEventListener("click", () => {
    if (timer) return stop();
    const moving = Boolean(state.from || state.to) && first() > 0;
    const length = last() - first();
    let step = moving ? (last() >= count - 1 ? -1 : first()) : last() >= count - 1 ? -1 : last();
    button.textContent = say("pause");
    button.setAttribute("aria-pressed", "true");
    const tick = () => {
      step++;
      if (moving) span(step, step + length, "play");
      else span(0, step, "play");
      if ((moving ? step + length : step) >= count - 1) stop();
    };
    tick();
    timer ||= button.getAttribute("aria-pressed") === "true" ? setInterval(tick, TICK) : 0;
  });
}

function controlDates() {
  for (const name of ["from", "to"]) {
    find(name).addEventListener("change", (event) => change(name, (now) => { now[name] = ISO_DAY.test(event.target.value) ? event.target.value : ""; }));
  }
  find("all-dates").addEventListener("click", () => chooseDates("", ""));
}
