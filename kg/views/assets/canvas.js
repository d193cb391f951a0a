// A pen that draws on a canvas.

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

function canvasPen(context, face) {
  const filled = (points) => {
    context.moveTo(...points[0]);
    for (const point of points.slice(1)) context.lineTo(...point);
    context.closePath();
  };
  return {
    area(points, colour, alpha) {
      context.globalAlpha = alpha;
      context.fillStyle = colour;
      context.beginPath();
      filled(points);
      context.fill();
    },
    arcs(list, colour, width, dash, alpha) {
      context.globalAlpha = alpha;
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.beginPath();
      for (const { x1, y1, cx, cy, x2, y2 } of list) {
        context.moveTo(x1, y1);
        context.quadraticCurveTo(cx, cy, x2, y2);
      }
      context.stroke();
      context.setLineDash([]);
    },
    heads(list, colour, alpha, hollow) {
      context.globalAlpha = alpha;
      context.fillStyle = context.strokeStyle = colour;
      context.lineWidth = 1;
      context.beginPath();
      for (const arc of list) filled(headOf(arc));
      if (hollow) context.stroke();
      else context.fill();
    },
    symbol(node, colour, border, width, alpha) {
      const corners = cornersOf(node.family, node);
      context.globalAlpha = alpha;
      context.fillStyle = colour;
      context.strokeStyle = border;
      context.lineWidth = width;
      context.lineJoin = "round";
      context.beginPath();
      if (corners.length) filled(corners);
      else context.arc(node.x, node.y, node.r * 0.92, 0, 2 * Math.PI);
      context.stroke();
      context.fill();
    },
    text(lines, x, y, size, align, colour, halo, strong) {
      context.globalAlpha = 1;
      context.font = `${strong ? "600 " : ""}${size}px ${face}`;
      context.textAlign = align;
      context.textBaseline = "top";
      context.lineJoin = "round";
      context.lineWidth = 3;
      context.strokeStyle = halo;
      context.fillStyle = colour;
      lines.forEach((line, index) => {
        context.direction = RIGHT_TO_LEFT.test(line) ? "rtl" : "ltr";
        context.strokeText(line, x, y + index * (size + 1));
        context.fillText(line, x, y + index * (size + 1));
      });
    },
  };
}

/** A measure of texts, which asks each only once. */
function makeMeasure(face) {
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map();
  return (text, size) => {
    const key = `${size} ${text}`;
    if (!known.has(key)) {
      context.font = `600 ${size}px ${face}`;
      known.set(key, context.measureText(text).width);
    }
    return known.get(key);
  };
}

/** The picture on the page; `choose` is called with the actor or tie that is clicked, or null, and `moved` when it was moved. */
function makePicture(choose, moved) {
  const container = find("canvas");
  const canvas = element("canvas", { "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  container.append(canvas);
  let ink = colours();
  let measure = makeMeasure(ink.face);
  let scene = { nodes: [], arcs: [] };
  let drawing = { nodes: [], arcs: [], labels: [] };
  const frame = { x: 0, y: 0, scale: 1, width: 1, height: 1 };
  let still = null; // the last whole drawing, to be shifted while the picture moves
  let cost = 0;
  let waiting = 0;

  function resize() {
    const ratio = devicePixelRatio || 1;
    frame.width = Math.max(1, container.clientWidth);
    frame.height = Math.max(1, container.clientHeight);
    canvas.width = Math.round(frame.width * ratio);
    canvas.height = Math.round(frame.height * ratio);
  }

  /** Draw everything anew. */
  function draw() {
    const begun = performance.now();
    const ratio = devicePixelRatio || 1;
    drawing = project(scene, frame, measure);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = ink.stage;
    context.fillRect(0, 0, frame.width, frame.height);
    paint(canvasPen(context, ink.face), drawing, ink);
    still = null;
    cost = performance.now() - begun;
  }

  /** Draw while the picture moves: anew if that is quick, else the last drawing in its new place, and anew after a rest. */
  function drawMoving() {
    clearTimeout(waiting);
    if (cost < 12 && !still) return draw();
    still ??= { image: copied(canvas), ...frame };
    const ratio = canvas.width / frame.width;
    const grow = frame.scale / still.scale;
    const x = ((still.x - frame.x) * frame.scale + (frame.width - still.width * grow) / 2) * ratio;
    const y = ((still.y - frame.y) * frame.scale + (frame.height - still.height * grow) / 2) * ratio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = ink.stage;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(still.image, x, y, canvas.width * grow, canvas.height * grow);
    waiting = setTimeout(draw, 140);
  }

  /** Show all of it, or what the state asks for. */
  function arrange() {
    if (!scene.nodes.length || container.clientWidth < 2) return;
    resize();
    if (state.frame) {
      [frame.x, frame.y, frame.scale] = [state.frame[0] * stretch().x, state.frame[1] * stretch().y, state.frame[2] / 100];
      return draw();
    }
    const room = narrow.matches ? 46 : 64;
    const buttons = narrow.matches ? 40 : 0; // on a telephone they would lie on the picture
    const [left, right] = [Math.min(...scene.nodes.map((node) => node.wx)), Math.max(...scene.nodes.map((node) => node.wx))];
    const [top, bottom] = [Math.min(...scene.nodes.map((node) => node.wy)), Math.max(...scene.nodes.map((node) => node.wy))];
    const across = (frame.width - 2 * room) / (right - left || 1), down = (frame.height - 1.3 * room - buttons) / (bottom - top || 1);
    frame.scale = Math.max(0.05, Math.min(1.6, across, down));
    frame.x = (left + right) / 2;
    frame.y = (top + bottom) / 2 + (8 + buttons / 2) / frame.scale;
    draw();
  }

  /** Note where one has come to. */
  function note() {
    state.frame = [Math.round(frame.x / stretch().x), Math.round(frame.y / stretch().y), Math.round(frame.scale * 100)];
    moved();
  }

  function showAll() {
    state.frame = null;
    arrange();
    moved();
  }

  /** Bring an actor into view, if it is out of it. */
  function reveal(rank) {
    const node = drawing.nodes.find((one) => one.rank === rank);
    if (!node || (node.x > 20 && node.y > 20 && node.x < frame.width - 20 && node.y < frame.height - 20)) return;
    [frame.x, frame.y] = [node.wx, node.wy];
    note();
    draw();
  }

  function zoom(factor, x = frame.width / 2, y = frame.height / 2) {
    const scale = Math.max(0.05, Math.min(6, frame.scale * factor));
    frame.x += (x - frame.width / 2) * (1 / frame.scale - 1 / scale);
    frame.y += (y - frame.height / 2) * (1 / frame.scale - 1 / scale);
    frame.scale = scale;
    note();
    drawMoving();
  }

  function pan(across, down) {
    frame.x -= across / frame.scale;
    frame.y -= down / frame.scale;
    note();
    drawMoving();
  }

  /** What is at a place of the canvas: {actor}, {tie} or null. */
  function at(x, y) {
    const node = drawing.nodes.toReversed().find((one) => Math.hypot(one.x - x, one.y - y) <= one.r + 3)
      ?? drawing.nodes.find((one) => drawing.labels.some(({ rank, box }) => rank === one.rank && x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]));
    if (node) return { actor: node.rank };
    let best = null, least = 7;
    for (const arc of drawing.arcs) {
      if (arc.pale || x < Math.min(arc.x1, arc.cx, arc.x2) - 7 || x > Math.max(arc.x1, arc.cx, arc.x2) + 7 || y < Math.min(arc.y1, arc.cy, arc.y2) - 7 || y > Math.max(arc.y1, arc.cy, arc.y2) + 7) continue;
      const distance = distanceTo(arc, x, y);
      if (distance < least) [best, least] = [arc, distance];
    }
    return best && { tie: [best.from, best.to], list: best.list };
  }

  function show({ refit = false } = {}) {
    scene = compose();
    if (refit) arrange();
    else draw();
  }

  function retint() {
    ink = colours();
    measure = makeMeasure(ink.face);
    draw();
  }

  new ResizeObserver(() => {
    if (container.clientWidth < 2 || (container.clientWidth === frame.width && container.clientHeight === frame.height)) return;
    arrange();
  }).observe(container);
  const picture = { container, canvas, frame, show, fit: showAll, reveal, zoom, pan, at, retint, draw, drawMoving, drawing: () => drawing, ink: () => ink, measure: () => measure };
  moveByHand(picture, choose);
  return picture;
}

function copied(canvas) {
  const copy = element("canvas", { width: canvas.width, height: canvas.height });
  copy.getContext("2d").drawImage(canvas, 0, 0);
  return copy;
}
