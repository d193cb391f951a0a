// Events in time: cooperation above the line, conflict below, in days, weeks, months or years.

const DAY = 86400000;
const HIGH = 92;
const FOOT = 18; // room for the dates under the bars
const KINDS = [["day", 1], ["week", 7], ["month", 31], ["quarter", 92], ["year", 366]];
const toDay = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
const toText = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** Cut the time between two days into at most about eighty steps of an even kind. */
function steps(first, last) {
  const kind = (KINDS.find(([, length]) => (last - first) / length <= 80) ?? ["decade"])[0];
  const starts = [];
  for (let day = begin(first, kind); day <= last; day = following(day, kind)) starts.push(day);
  return { kind, starts, end: following(starts.at(-1), kind) };
}

function begin(day, kind) {
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (kind === "day") return day;
  if (kind === "week") return day - ((date.getUTCDay() + 6) % 7);
  const wholeYear = { year, decade: year - (year % 10) }[kind];
  const start = wholeYear === undefined ? [year, kind === "quarter" ? month - (month % 3) : month] : [wholeYear, 0];
  return Math.round(new Date(0).setUTCFullYear(start[0], start[1], 1) / DAY);
}

function following(day, kind) {
  return begin(day + { day: 1, week: 7, month: 32, quarter: 95, year: 370, decade: 3660 }[kind], kind);
}

const dated = events.filter((event) => event.first).map((event) => ({ event, from: toDay(event.first), to: toDay(event.last) }));

/** Draw the histogram; null where no event has a date. */
function makeHistogram() {
  const svg = find("histogram");
  if (!dated.length) { svg.remove(); return { show: () => note(null), edges: [] }; }
  const { kind, starts, end } = steps(Math.min(...dated.map(({ from }) => from)), Math.max(...dated.map(({ to }) => to)));
  const edges = [...starts, end];
  const bars = drawn("g", {});
  const above = drawn("g", {});
  svg.append(bars, above);

  /** An event whose date is vague counts in every step it may belong to, a part in each; what is not asserted counts apart. Where something is chosen, only it counts. */
  function counts() {
    const sums = starts.map(() => ({ cooperation: 0, conflict: 0, neutral: 0, above: 0, below: 0 }));
    for (const { event, from, to } of dated) {
      if (!passes(event, "dates") || (state.chosen && !isChosen(event))) continue;
      let first = edges.findLastIndex((edge) => edge <= from), last = first;
      while (last + 1 < starts.length && edges[last + 1] <= to) last++;
      const fact = event.sign > 0 ? "cooperation" : event.sign < 0 ? "conflict" : "neutral";
      const name = event.asserted ? fact : event.sign < 0 ? "below" : "above";
      for (let step = first; step <= last; step++) sums[step][name] += 1 / (last - first + 1);
    }
    return sums;
  }

  function show() {
    const sums = counts();
    const up = Math.max(0.001, ...sums.map((sum) => sum.cooperation + sum.neutral + sum.above));
    const down = Math.max(0.001, ...sums.map((sum) => sum.conflict + sum.below));
    const scale = (HIGH - FOOT - 4) / (up + down);
    const whole = svg.clientWidth || 600;
    const width = whole / starts.length;
    const middle = 2 + up * scale;
    const parts = [];
    sums.forEach((sum, step) => {
      const out = (state.from && toText(edges[step + 1] - 1) < state.from) || (state.to && toText(edges[step]) > state.to);
      const bar = (name, y, height) => parts.push(drawn("rect", { class: `${name}${out ? " out" : ""}`, x: step * width + width * 0.1, y, width: width * 0.8, height }));
      let top = middle;
      for (const [name, height] of [["cooperation", sum.cooperation * scale], ["neutral", sum.neutral * scale], ["unasserted", sum.above * scale]]) {
        top -= height;
        if (height) bar(name, top, height);
      }
      if (sum.conflict) bar("conflict", middle, sum.conflict * scale);
      if (sum.below) bar("unasserted", middle + sum.conflict * scale, sum.below * scale);
    });
    parts.push(drawn("line", { x1: 0, x2: whole, y1: middle, y2: middle }));
    const every = Math.max(1, Math.ceil(76 / width));
    starts.forEach((day, step) => {
      if (step % every || step * width + 200 > whole) return;
      parts.push(drawn("text", { x: step * width, y: HIGH - 4 }, toText(day).slice(0, { year: 4, decade: 4, month: 7, quarter: 7 }[kind] ?? 10)));
    });
    parts.push(drawn("text", { x: whole, y: HIGH - 4, "text-anchor": "end" }, say("histogram-note")));
    bars.replaceChildren(...parts);
    brush.show(above, width);
    note(kind);
  }

  const brush = makeBrush(svg, edges);
  new ResizeObserver(() => show()).observe(svg);
  return { show, edges };
}

function note(kind) {
  find("time-note").textContent = kind ? say(`by-${kind}`) : say("no-dates");
  for (const name of ["from", "to"]) if (document.activeElement !== find(name)) find(name).value = state[name];
}
