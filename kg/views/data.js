// What the page knows: the data, the rows of the table, and small helpers.

const data = JSON.parse(document.getElementById("data").textContent);
const events = data.events.id.map((_, row) => {
  const event = { row };
  for (const [column, values] of Object.entries(data.events)) event[column] = values[row];
  event.last ||= event.first;
  event.sign = data.signs[event.type];
  return event;
});
const rows = Array.from(document.querySelectorAll("#table tbody tr"));
const narrow = matchMedia("(max-width: 900px)");
const find = (id) => document.getElementById(id);

/** Make an element of text and other elements; text never becomes markup. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== "role") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const isolated = (text) => element("bdi", {}, text);
const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const involves = (event, actor) => event.actor === actor || event.target === actor;
const isTie = (event) => event.actor >= 0 && event.target >= 0;

/** Balance of cooperation and conflict among events, as the name of a colour. */
function tone(list) {
  const balance = list.reduce((sum, event) => sum + event.sign, 0) / (list.length || 1);
  return balance >= 1 / 3 ? "cooperation" : balance <= -1 / 3 ? "conflict" : "mixed";
}

/** Group a list by a key; a Map keeps the order in which keys appear. */
function grouped(list, key) {
  const groups = new Map();
  for (const item of list) {
    const name = key(item);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(item);
  }
  return groups;
}
