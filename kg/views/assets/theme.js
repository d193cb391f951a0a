// Colours live in the style sheet; the canvas asks for them, again whenever light turns to dark or the page is printed.

const COLOURS = ["ground", "stage", "ink", "soft", "line", "cooperation", "conflict", "neutral", "unasserted", "node", "chosen"];
const GROUPS = 8;

function colours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ...Object.fromEntries(COLOURS.map((name) => [name, value(name)])),
    groups: Array.from({ length: GROUPS }, (_, number) => value(`group-${number}`)),
    face: getComputedStyle(document.body).fontFamily,
  };
}

function onTheme(redraw) {
  for (const query of ["(prefers-color-scheme: dark)", "print"]) matchMedia(query).addEventListener("change", redraw);
}
