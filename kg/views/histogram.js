// Events in time: cooperation above the line, conflict below, in days, weeks, months or years.

const DAY = 86400000;
const HEIGHT = 92;
const toDay = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
const toText = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** Cut the time between two days into at most about sixty steps of an even kind. */
function steps(first, last) {
  const kind = [["day", 1], ["week", 7], ["month", 31], ["quarter", 92], ["year", 366]].find(([, length]) => (last - first) / length <= 60) || ["decade", 3653];
  const starts = [];
  for (let day = begin(first, kind[0]); day <= last; day = next(day, kind[0])) starts.push(day);
  return { kind: kind[0], starts, end: next(starts[starts.length - 1], kind[0]) };
}

function begin(day, kind) {
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (kind === "day") return day;
  if (kind === "week") return day - ((date.getUTCDay() + 6) % 7);
  const wholeYear = { year: year, decade: year - (year % 10) }[kind];
  const date0 = wholeYear === undefined ? [year, kind === "quarter" ? month - (month % 3) : month] : [wholeYear, 0];
  return Math.round(new Date(0).setUTCFullYear(date0[0], date0[1], 1) / DAY);
}

function next(day, kind) {
  return begin(day + { day: 1, week: 7, month: 32, quarter: 95, year: 370, decade: 3660 }[kind], kind);
}

/** Draw the histogram; `changed` is called when a stretch of time is chosen with the pointer. */
function makeHistogram(changed) {
  const svg = find("histogram");
  const dated = events.filter((event) => event.first);
  if (!dated.length) { find("histogram").remove(); return { show: note }; }
  const first = Math.min(...dated.map((event) => toDay(event.first)));
  const last = Math.max(...dated.map((event) => toDay(event.last)));
  const { kind, starts, end } = steps(first, last);
  const edges = [...starts, end];
  let pressed = -1;

  const stepAt = (event) => {
    const part = (event.clientX - svg.getBoundingClientRect().left) / svg.clientWidth;
    return Math.max(0, Math.min(starts.length - 1, Math.floor(part * starts.length)));
  };
  svg.addEventListener("pointerdown", (event) => { pressed = stepAt(event); svg.setPointerCapture(event.pointerId); });
  svg.addEventListener("pointerup", (event) => {
    if (pressed < 0) return;
    const [one, other] = [pressed, stepAt(event)].sort((a, b) => a - b);
    pressed = -1;
    chooseDates(toText(edges[one]), toText(edges[other + 1] - 1), changed);
  });
  svg.addEventListener("pointercancel", () => { pressed = -1; });

  /** An event whose date is vague counts in every step it may belong to, a part in each. */
  function counts(list) {
    const sums = starts.map(() => ({ cooperation: 0, conflict: 0, mixed: 0 }));
    for (const event of list) {
      const [from, to] = [toDay(event.first), toDay(event.last)];
      const within = starts.map((_, step) => step).filter((step) => edges[step] <= to && from < edges[step + 1]);
      const name = event.sign > 0 ? "cooperation" : event.sign < 0 ? "conflict" : "mixed";
      for (const step of within) sums[step][name] += 1 / within.length;
    }
    return sums;
  }

  function show(list) {
    const all = counts(dated.filter((event) => passes(event, "dates")));
    const up = Math.max(0.001, ...all.map((sum) => sum.cooperation + sum.mixed));
    const down = Math.max(0.001, ...all.map((sum) => sum.conflict));
    const scale = (HEIGHT - 20) / (up + down);
    const width = (svg.clientWidth || 600) / starts.length;
    const middle = 2 + up * scale;
    const parts = [];
    all.forEach((sum, step) => {
      const out = (state.from && toText(edges[step + 1] - 1) < state.from) || (state.to && toText(edges[step]) > state.to);
      const bar = (name, y, height) => parts.push(drawn("rect", { class: `${name}${out ? " out" : ""}`, x: step * width + width * 0.1, y, width: width * 0.8, height }));
      if (sum.cooperation) bar("cooperation", middle - sum.cooperation * scale, sum.cooperation * scale);
      if (sum.mixed) bar("mixed", middle - (sum.cooperation + sum.mixed) * scale, sum.mixed * scale);
      if (sum.conflict) bar("conflict", middle, sum.conflict * scale);
    });
    parts.push(drawn("line", { x1: 0, x2: width * starts.length, y1: middle, y2: middle }));
    const every = Math.max(1, Math.ceil(70 / width));
    starts.forEach((day, step) => {
      if (step % every || step * width + 64 > width * starts.length) return;
      const text = drawn("text", { x: step * width, y: HEIGHT - 3 });
      text.textContent = toText(day).slice(0, { year: 4, decade: 4, month: 7, quarter: 7 }[kind] || 10);
      parts.push(text);
    });
    svg.replaceChildren(...parts);
    note(list, kind);
  }

  new ResizeObserver(() => show(shown())).observe(svg);
  return { show };
}

function note(list, kind = "") {
  const undated = list.filter((event) => !event.first).length;
  const range = state.from || state.to ? `${state.from || "…"} – ${state.to || "…"}` : "all dates";
  find("time-note").textContent = `${kind ? `By ${kind}, ` : ""}${range}; cooperation above the line, conflict below; ${plural(undated, "undated event")} apart`;
}

function drawn(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
