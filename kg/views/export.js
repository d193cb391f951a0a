// Take away: the events shown as CSV, the picture as PNG.

const COLUMNS = ["id", "date", "actor", "action", "action_type", "target", "place", "modality", "quantities", "sources", "documents", "sentences"];

/** A cell that a spreadsheet would run as a formula is made plain text by an apostrophe. */
function cell(value) {
  const text = /^\s*[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

function csv(list) {
  const lines = list.map((event) => {
    const row = rows[events.indexOf(event)];
    const text = (selector) => row.querySelector(selector)?.textContent ?? "";
    const all = (selector) => Array.from(row.querySelectorAll(selector), (found) => found.textContent);
    return [
      event.id, text("time"), event.actor < 0 ? "" : text(".actor"), text(".action"), event.type, event.target < 0 ? "" : text(".target"), text(".place bdi"),
      text(".what .badge") || "asserted", text(".quantities"), text(".sources"), Array.from(new Set(all("footer code"))).join("; "), all("blockquote p").join(" | "),
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
