// The events shown as CSV, safe to open in a spreadsheet.

const COLUMNS = ["id", "date", "actor", "action", "action_type", "target", "place", "modality", "quantities", "sources", "documents", "sentences"];

/** A cell that a spreadsheet would run as a formula is made plain text by an apostrophe. */
function cell(value) {
  const text = /^\s*[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

function asCsv(list) {
  const label = (actor) => actors[actor]?.label ?? "";
  const lines = list.map((event) => {
    const [when, what, said] = rows[event.row].cells;
    const text = (place, selector) => place.querySelector(selector)?.textContent ?? "";
    const all = (selector) => Array.from(said.querySelectorAll(selector), (found) => found.textContent);
    return [
      event.id, text(when, "time"), label(event.actor), actions[event.action].label, actions[event.action].type, label(event.target), text(what, "span"),
      data.modalities[event.modality], text(what, "em"), String(event.reports), Array.from(new Set(all("footer a"))).join("; "), all("p").join(" | "),
    ];
  });
  return `\ufeff${[COLUMNS, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}
