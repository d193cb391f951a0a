// Take away: the view as a file, as a link, or on paper.

function save(content, type, name) {
  const link = element("a", { href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The picture twice as fine as the screen, on its own ground. */
function asPng(picture) {
  const { width, height } = picture.frame;
  const copy = element("canvas", { width: width * 2, height: height * 2 });
  const context = copy.getContext("2d");
  const ink = picture.ink();
  context.scale(2, 2);
  context.fillStyle = ink.stage;
  context.fillRect(0, 0, width, height);
  paint(canvasPen(context, ink.face), picture.drawing(), ink);
  return new Promise((resolve) => copy.toBlob(resolve));
}

/** Copy the address of the view; where the browser does not let us, it stands in its address bar all the same. */
async function copyLink() {
  putAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    find("status").textContent = say("copied");
  } catch {
    find("status").textContent = say("not-copied");
  }
}

function makeSaving(picture) {
  const menu = find("save");
  menu.hidden = framed; // a notebook lets nothing out
  const acts = {
    png: async () => save(await asPng(picture), "image/png", "network.png"),
    svg: () => save(asSvg(picture), "image/svg+xml", "network.svg"),
    csv: () => save(asCsv(view.list.filter((event) => !state.chosen || isChosen(event))), "text/csv", "events.csv"),
    graphml: () => save(asGraphml(), "application/xml", "network.graphml"),
    gexf: () => save(asGexf(), "application/xml", "network.gexf"),
    link: copyLink,
    print: () => window.print(),
  };
  for (const [id, act] of Object.entries(acts)) {
    find(id).addEventListener("click", () => { menu.open = false; act(); });
  }
  document.addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  });
}
