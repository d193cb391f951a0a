// Take away: the events shown as CSV, the picture as PNG.

const COLUMNS = ["id", "date", "actor", "action", "action_type", "target", "place", "modality", "quantities", "sources", "documents", "sentences"];

/** A cell that a spreadsheet would run as a formula is made plain text by an apostrophe. */
function cell(value) {
  const text = /^\s*[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

function csv(list) {
  const lines = list.map((event) => {
    const [when, what, said] = rows[event.row].cells;
    const text = (cell, selector) => cell.querySelector(selector)?.textContent ?? "";
    const all = (selector) => Array.from(said.querySelectorAll(selector), (found) => found.textContent);
    const label = (actor) => data.actors[actor]?.label ?? "";
    return [
      event.id, text(when, "time"), label(event.actor), text(what, "b"), event.type, label(event.target), text(what, "span bdi"), text(what, "strong") || "asserted",
      text(what, "em"), text(what, "small").split(" ")[0], Array.from(new Set(all("footer a"))).join("; "), all("p").join(" | "),
    ];
  });
  return `\ufeff${[COLUMNS, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

function save(blob, name) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The picture on its own ground, as it is seen. */
function savePicture(picture) {
  const drawnCanvas = picture.container.querySelector("canvas");
  const copy = element("canvas", { width: drawnCanvas.width, height: drawnCanvas.height });
  const context = copy.getContext("2d");
  context.fillStyle = colours().stage;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawnCanvas, 0, 0);
  copy.toBlob((blob) => save(blob, "network.png"));
}
