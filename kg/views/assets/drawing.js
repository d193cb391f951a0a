// A pen that writes SVG: the view as a picture that can be scaled and edited.

function svgPen(root, face) {
  const corners = (points) => points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const add = (name, attributes, ...children) => root.append(drawn(name, attributes, ...children));
  return {
    area: (points, colour, alpha) => add("polygon", { points: corners(points), fill: colour, "fill-opacity": alpha }),
    arcs(list, colour, width, dash, alpha) {
      const path = list.map(({ x1, y1, cx, cy, x2, y2 }) => `M${x1.toFixed(1)} ${y1.toFixed(1)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`).join("");
      add("path", { d: path, fill: "none", stroke: colour, "stroke-width": width.toFixed(1), "stroke-opacity": alpha, ...(dash.length && { "stroke-dasharray": dash.join(" ") }) });
    },
    heads(list, colour, alpha, hollow) {
      const look = hollow ? { fill: "none", stroke: colour, "stroke-opacity": alpha } : { fill: colour, "fill-opacity": alpha };
      for (const arc of list) add("polygon", { points: corners(headOf(arc)), ...look });
    },
    symbol(node, colour, border, width, alpha) {
      const look = { fill: colour, stroke: border, "stroke-width": width, "paint-order": "stroke", opacity: alpha };
      const points = cornersOf(node.family, node);
      if (points.length) add("polygon", { points: corners(points), ...look });
      else add("circle", { cx: node.x.toFixed(1), cy: node.y.toFixed(1), r: (node.r * 0.92).toFixed(1), ...look });
    },
    text(lines, x, y, size, align, colour, halo, strong) {
      const anchor = { center: "middle", left: "start", right: "end" }[align];
      for (const [index, line] of lines.entries()) {
        add("text", {
          x: x.toFixed(1), y: (y + size * 0.88 + index * (size + 1)).toFixed(1), "font-family": face, "font-size": size, "text-anchor": anchor, fill: colour,
          stroke: halo, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke", ...(strong && { "font-weight": 600 }),
        }, line);
      }
    },
  };
}

/** The picture as it is seen, as the text of an SVG file. */
function asSvg(picture) {
  const { width, height } = picture.frame;
  const ink = picture.ink();
  const root = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const title = document.title;
  root.append(drawn("title", {}, title), drawn("rect", { width, height, fill: ink.stage }));
  paint(svgPen(root, ink.face), picture.drawing(), ink);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}
