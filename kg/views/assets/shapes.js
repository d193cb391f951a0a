// The symbols of the picture: the same as in the legend, as corners around (0, 0) for a radius of 6.5.

const CORNERS = {
  square: [[-5.5, -5.5], [5.5, -5.5], [5.5, 5.5], [-5.5, 5.5]],
  triangle: [[0, -7], [6.5, 5], [-6.5, 5]],
  triangleDown: [[0, 7], [6.5, -5], [-6.5, -5]],
  diamond: [[0, -7], [7, 0], [0, 7], [-7, 0]],
  star: [[0, -7.5], [2, -2.6], [7.1, -2.3], [3.2, 1], [4.4, 6.1], [0, 3.3], [-4.4, 6.1], [-3.2, 1], [-7.1, -2.3], [-2, -2.6]],
  hexagon: [[7, 0], [3.5, 6], [-3.5, 6], [-7, 0], [-3.5, -6], [3.5, -6]],
};

/** The corners of a symbol at a place; none for a dot, which is round. */
const cornersOf = (family, { x, y, r }) => (CORNERS[data.families[family]] ?? []).map(([across, down]) => [x + (across * r) / 6.5, y + (down * r) / 6.5]);
