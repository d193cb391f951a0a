// Find an actor as you type, by its label and its other names: arrows move, Enter chooses, Escape closes, "/" comes here.

const MOST_FOUND = 12;
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

function makeSearch(choose) {
  const input = find("search");
  const list = find("found");
  let names = null; // folded when first needed
  let hits = [];
  let active = 0;

  function search() {
    names ??= actors.map((actor) => [actor.label, actor.code, ...actor.names].map(folded));
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    const whole = words.join(" ");
    const rate = (called) => (called.includes(whole) ? 0 : called.some((name) => name.startsWith(whole)) ? 1 : 2);
    const all = words.length ? actors.filter(({ rank }) => words.every((word) => names[rank].some((name) => name.includes(word)))) : [];
    hits = all.sort((a, b) => rate(names[a.rank]) - rate(names[b.rank]) || a.rank - b.rank).slice(0, MOST_FOUND);
    active = 0;
    find("found-count").textContent = words.length ? counted("found-count", all.length) : "";
    render();
  }

  /** The name that was typed, where it is not the label. */
  function alias(actor) {
    const whole = folded(input.value);
    return folded(actor.label).includes(whole) ? say(`family-${data.families[actor.family]}`) : actor.names.find((name) => folded(name).includes(whole)) ?? actor.code;
  }

  function render() {
    list.replaceChildren(...hits.map((actor, index) => {
      const item = element("li", { id: `found-${index}`, role: "option", "aria-selected": String(index === active) }, isolated(actor.label), element("small", {}, isolated(alias(actor))));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(index); });
      return item;
    }));
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (hits.length) input.setAttribute("aria-activedescendant", `found-${active}`);
    else input.removeAttribute("aria-activedescendant");
    list.children[active]?.scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    if (!hits[index]) return;
    const actor = hits[index].rank;
    close();
    choose({ actor });
    find("evidence").focus({ preventScroll: true });
  }

  function close() {
    hits = [];
    render();
  }

  input.addEventListener("input", search);
  input.addEventListener("focus", () => { if (input.value) search(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take(active);
    else if (event.key === "Escape" && hits.length) { close(); event.stopPropagation(); }
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.length) {
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
      render();
      event.preventDefault();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
    input.focus();
    input.select();
    event.preventDefault();
  });
}
