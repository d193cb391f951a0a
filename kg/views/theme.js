// Colours live in the style sheet; the canvas asks for them, again whenever light turns to dark.

function colours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ground", "stage", "ink", "soft", "line", "cooperation", "conflict", "mixed", "unasserted", "node", "chosen"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function onTheme(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}
