// What the page knows: the data, the rows of the table, and small helpers.

const data = JSON.parse(document.getElementById("data").textContent);
const events = data.events;
const rows = Array.from(document.querySelectorAll("#table tbody tr"));
const narrow = matchMedia("(max-width: 900px)");
const find = (id) => document.getElementById(id);

/** Make an element of text and other elements; text never becomes markup. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
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
