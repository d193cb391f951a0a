// Find an actor as you type: arrows move, Enter chooses, Escape closes, "/" comes here.

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function makeSearch(choose) {
  const input = find("search");
  const list = find("found");
  const names = data.actors.map((actor) => folded(`${actor.label} ${actor.code}`));
  let hits = [];
  let active = 0;

  function look() {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    hits = words.length ? names.flatMap((name, index) => (words.every((word) => name.includes(word)) ? [index] : [])).slice(0, 12) : [];
    active = 0;
    render();
  }

  function render() {
    list.replaceChildren(...hits.map((actor, index) => {
      const { label, type } = data.actors[actor];
      const item = element("li", { id: `found-${index}`, role: "option", "aria-selected": String(index === active) }, isolated(label), element("small", {}, type));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(index); });
      return item;
    }));
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (hits.length) input.setAttribute("aria-activedescendant", `found-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function take(index) {
    if (hits[index] === undefined) return;
    choose({ actor: hits[index] });
    close();
  }

  function close() {
    hits = [];
    render();
  }

  input.addEventListener("input", look);
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
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.matches("input, textarea")) return;
    input.focus();
    input.select();
    event.preventDefault();
  });
}
