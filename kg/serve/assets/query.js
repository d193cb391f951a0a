"use strict";
// The page to ask on: sends the question, draws the answer. Whatever comes is put in as text, never as markup.

const MOST_ROWS = 5000;
const byId = (id) => document.getElementById(id);
const [form, field, stop, status, problem, table, forms] = ["form", "sparql", "stop", "status", "problem", "table", "forms"].map(byId);
const remarked = byId("remark");
const prefixes = [];
let running = null;
let leaving = false;

function tell(text) { status.textContent = text; }

function complain(text) {
  problem.textContent = text;
  problem.hidden = !text;
  const place = /^line (\d+), column (\d+)/.exec(text);
  if (place) {
    const lines = field.value.split("\n");
    const at = lines.slice(0, place[1] - 1).join("\n").length + (place[1] > 1 ? 1 : 0) + Number(place[2]) - 1;
    field.focus();
    field.setSelectionRange(at, at + 1);
  }
}

function remark(text) {
  remarked.textContent = text;
  remarked.hidden = !text;
}

function shorten(iri) {
  for (const [prefix, space] of prefixes) if (iri.startsWith(space)) return `${prefix}:${iri.slice(space.length)}`;
  return iri;
}

function cell(term) {
  const td = document.createElement("td");
  if (!term) return td;
  if (term.type === "uri") {
    const link = document.createElement("a");
    link.href = `/resource?iri=${encodeURIComponent(term.value)}`;
    link.title = term.value;
    link.textContent = shorten(term.value);
    td.append(link);
  } else {
    td.textContent = term.type === "bnode" ? `_:${term.value}` : typeof term.value === "string" ? term.value : JSON.stringify(term.value);
    if (term["xml:lang"]) td.lang = term["xml:lang"];
  }
  return td;
}

function valueOf(term) { return term ? String(term.value) : ""; }

function compare(one, other) {
  const [a, b] = [Number(one), Number(other)];
  return one !== "" && other !== "" && !Number.isNaN(a) && !Number.isNaN(b) ? a - b : one < other ? -1 : one > other ? 1 : 0;
}

function draw(columns, rows) {
  const head = document.createElement("tr");
  const order = { column: null, up: true };
  const body = document.createElement("tbody");
  const fill = () => body.replaceChildren(...rows.slice(0, MOST_ROWS).map((row) => {
    const tr = document.createElement("tr");
    tr.append(...columns.map((column) => cell(row[column])));
    return tr;
  }));
  for (const column of columns) {
    const th = document.createElement("th");
    th.scope = "col";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = column;
    button.addEventListener("click", () => {
      order.up = order.column === column ? !order.up : true;
      order.column = column;
      rows.sort((one, other) => (order.up ? 1 : -1) * compare(valueOf(one[column]), valueOf(other[column])));
      for (const other of head.children) other.removeAttribute("aria-sort");
      th.setAttribute("aria-sort", order.up ? "ascending" : "descending");
      fill();
    });
    th.append(button);
    head.append(th);
  }
  fill();
  const thead = document.createElement("thead");
  thead.append(head);
  table.replaceChildren(thead, body);
  table.hidden = columns.length === 0;
}

function offer(sparql, kinds) {
  for (const link of forms.querySelectorAll("a")) {
    link.href = `/sparql?${new URLSearchParams({ query: sparql, format: link.dataset.form })}`;
    link.hidden = !kinds.includes(link.dataset.form);
  }
  forms.hidden = false;
}

function show(sparql, type, text) {
  if (type.startsWith("application/sparql-results+json")) {
    const answer = JSON.parse(text);
    if ("boolean" in answer) {
      tell(answer.boolean ? "yes" : "no");
      table.hidden = true;
    } else {
      const rows = answer.results.bindings;
      draw(answer.head.vars, rows);
      tell(`${rows.length} row${rows.length === 1 ? "" : "s"}${rows.length > MOST_ROWS ? `, of which ${MOST_ROWS} are shown` : ""}`);
    }
    offer(sparql, ["json", "csv", "tsv", "xml"]);
    return;
  }
  const lines = text.split("\n").filter(Boolean);
  draw(["triple"], lines.map((line) => ({ triple: { type: "literal", value: line } })));
  tell(`${lines.length} triple${lines.length === 1 ? "" : "s"}`);
  offer(sparql, ["ttl", "jsonld", "xml"]);
}

async function ask() {
  if (running) running.abort();
  const mine = running = new AbortController();
  const sparql = field.value;
  complain("");
  remark("");
  tell("Asking …");
  table.hidden = forms.hidden = true;
  stop.hidden = false;
  history.replaceState(null, "", `/query?${new URLSearchParams({ query: sparql })}`);
  try {
    const begun = performance.now();
    const response = await fetch("/sparql", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, application/n-triples" },
      body: sparql,
      signal: mine.signal,
    });
    const text = await response.text();
    if (!response.ok) {
      tell(`No answer (${response.status})`);
      complain(text.trimEnd());
      return;
    }
    show(sparql, response.headers.get("Content-Type") || "", text);
    remark(response.headers.get("Kg-Remark") || "");
    tell(`${status.textContent} in ${((performance.now() - begun) / 1000).toFixed(2)} s`);
  } catch (error) {
    if (mine === running) tell(error.name === "AbortError" ? "Stopped." : `The endpoint cannot be reached (${error.message}).`);
  } finally {
    if (mine === running) {
      running = null;
      stop.hidden = true;
    }
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
stop.addEventListener("click", () => running && running.abort());

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    ask();
  } else if (event.key === "Escape") {
    leaving = true;
  } else if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey && !leaving) {
    event.preventDefault();
    field.setRangeText("  ", field.selectionStart, field.selectionEnd, "end");
  } else if (event.key !== "Tab" && event.key !== "Shift") {
    leaving = false;
  }
});
field.addEventListener("focus", () => { leaving = false; });

byId("examples").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  field.value = link.dataset.sparql;
  field.focus();
  field.setSelectionRange(0, 0);
  field.scrollTop = 0;
  ask();
});

for (const line of (byId("prefixes")?.textContent || "").split("\n")) {
  const [prefix, space] = line.trim().split(" ");
  if (space) prefixes.push([prefix, space]);
}
prefixes.sort((one, other) => other[1].length - one[1].length);
