// The picture in the hand: drag it, drag an actor, turn the wheel, pinch, press keys, point at things.

const KEY_STEP = 60;

function moveByHand(picture, choose) {
  const { container, frame } = picture;
  const tooltip = find("tooltip");
  const pointers = new Map();
  let pressed = null; // {x, y, actor, moved}

  const placeIn = (event) => {
    const box = container.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  /** Where a place of the screen is in the layout, rounded, as actors are placed. */
  const layoutAt = ({ x, y }) => {
    const wx = (x - frame.width / 2) / frame.scale + frame.x, wy = (y - frame.height / 2) / frame.scale + frame.y;
    return [Math.round(wx / stretch().x), Math.round(wy / stretch().y)];
  };
  const put = (actor, place) => change(`move ${actor}`, (now) => { now.moved = new Map(now.moved).set(actor, place.map((value) => Math.max(-99999, Math.min(99999, value)))); });

  container.addEventListener("pointerdown", (event) => {
    const place = placeIn(event);
    container.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place);
    tooltip.hidden = true;
    pressed = pointers.size === 1 ? { ...place, ...picture.at(place.x, place.y), moved: false } : { ...place, pinch: spread(pointers), moved: true };
  });
  container.addEventListener("pointermove", (event) => {
    const place = placeIn(event);
    if (!pressed) return pointAt(place);
    const before = pointers.get(event.pointerId) ?? place;
    pointers.set(event.pointerId, place);
    if (pressed.pinch && pointers.size === 2) {
      const now = spread(pointers);
      picture.zoom(now.length / (pressed.pinch.length || 1), now.x, now.y);
      picture.pan(now.x - pressed.pinch.x, now.y - pressed.pinch.y);
      pressed.pinch = now;
      return;
    }
    if (!pressed.moved && Math.hypot(place.x - pressed.x, place.y - pressed.y) < 4) return;
    pressed.moved = true;
    container.classList.add("moving");
    if (pressed.actor !== undefined) put(pressed.actor, layoutAt(place));
    else picture.pan(place.x - before.x, place.y - before.y);
  });
  const release = (event) => {
    pointers.delete(event.pointerId);
    container.classList.remove("moving");
    const was = pressed;
    if (!pointers.size) pressed = null;
    if (!was || was.moved || event.type === "pointercancel") return;
    choose(was.actor !== undefined ? { actor: was.actor } : was.tie ? { tie: was.tie } : null);
  };
  container.addEventListener("pointerup", release);
  container.addEventListener("pointercancel", release);
  container.addEventListener("pointerleave", () => { tooltip.hidden = true; });
  container.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = placeIn(event);
    picture.zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY * (event.deltaMode ? 30 : 1))) / 400), x, y);
  }, { passive: false });
  container.addEventListener("dblclick", (event) => { const { x, y } = placeIn(event); picture.zoom(1.6, x, y); });

  container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const actor = state.chosen?.actor;
    if (way && event.shiftKey && actor !== undefined) {
      const [x, y] = state.moved.get(actor) ?? [actors[actor].x, actors[actor].y];
      put(actor, [x + Math.round((way[0] * 20) / frame.scale), y + Math.round((way[1] * 20) / frame.scale)]);
    } else if (way) picture.pan(-way[0] * KEY_STEP, -way[1] * KEY_STEP);
    else if (event.key === "+" || event.key === "=") picture.zoom(1.3);
    else if (event.key === "-") picture.zoom(1 / 1.3);
    else if (event.key === "0") picture.fit();
    else return;
    event.preventDefault();
  });

  let asked = 0;
  function pointAt(place) {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const found = picture.at(place.x, place.y);
      container.classList.toggle("over", found !== null);
      tooltip.hidden = found === null;
      if (!found) return;
      tooltip.replaceChildren(...(found.actor !== undefined
        ? [isolated(actors[found.actor].label), `\n${describe(found.actor)}`]
        : [isolated(actors[found.tie[0]].label), " → ", isolated(actors[found.tie[1]].label), `\n${summary(found.list)}`]));
      const box = container.getBoundingClientRect(), outer = find("drawing").getBoundingClientRect();
      tooltip.style.left = `${Math.min(place.x + 14, box.width - tooltip.offsetWidth - 6)}px`;
      tooltip.style.top = `${Math.min(place.y + 16, box.height - tooltip.offsetHeight - 6) + box.top - outer.top}px`;
    });
  }
}

function spread(pointers) {
  const [one, two] = pointers.values();
  return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2, length: Math.hypot(one.x - two.x, one.y - two.y) };
}

function describe(actor) {
  const own = view.list.filter((event) => involves(event, actor));
  const acts = own.filter((event) => event.actor === actor).length;
  return `${counted("acts", acts)}, ${counted("received", own.length - acts)}`;
}
