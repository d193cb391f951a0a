// What the page knows: the data, the rows of the table, its words, and small helpers.

const find = (id) => document.getElementById(id);
const data = JSON.parse(find("data").textContent);

/** Turn columns into one object for each line. */
const lined = (columns) => columns.id.map((_, line) => Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[line]])));

const { sizes, ...columns } = data.actors;
const actors = lined(columns).map((actor, rank) => ({ ...actor, rank }));
const types = new Map(data.types.map((type) => [type.id, type]));
const actions = lined(data.actions).map((action, index) => ({ ...action, index, sign: types.get(action.type).sign }));
const events = lined(data.events).map((event, row) => {
  const action = actions[event.action];
  return { ...event, row, last: event.last || event.first, sign: action.sign, symmetric: action.symmetric === 1, asserted: event.modality === 0 };
});
const rows = Array.from(document.querySelectorAll("#table tbody tr"));
const rankOf = new Map(actors.map((actor) => [actor.id, actor.rank]));
const narrow = matchMedia("screen and (max-width: 900px)");

/** Say it in the page's language; {names} are replaced by values, which stay text. */
function say(key, values = {}) {
  return data.words[key].replace(/\{([a-z]+)\}/g, (_, name) => values[name] ?? "");
}

const numeral = (count) => count.toLocaleString(data.language);

/** Say how many: the words of a key are one and several, parted by "|". */
function counted(key, count) {
  const [one, several = one] = data.words[key].split("|");
  return (count === 1 ? one : several).replace("{n}", numeral(count));
}

/** Make an element of text and other elements; text never becomes markup. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== "role" && key !== "list") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function drawn(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const isolated = (text) => element("bdi", {}, text);
const involves = (event, actor) => event.actor === actor || event.target === actor;
const isTie = (event) => event.actor >= 0 && event.target >= 0;
const other = (event, actor) => (event.actor === actor ? event.target : event.actor);

/** Balance of cooperation and conflict among events, as the name of a colour. */
function tone(list) {
  const balance = list.reduce((sum, event) => sum + event.sign, 0) / (list.length || 1);
  return balance >= 1 / 3 ? "cooperation" : balance <= -1 / 3 ? "conflict" : "neutral";
}

/** Group a list by a key; a Map keeps the order in which keys appear. */
function grouped(list, key) {
  const groups = new Map();
  for (const item of list) {
    const name = key(item);
    if (groups.has(name)) groups.get(name).push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** How many events of a list are asserted, and how many more are not. */
function tally(list) {
  const facts = list.filter((event) => event.asserted).length;
  return facts === list.length ? numeral(facts) : `${numeral(facts)} (+${numeral(list.length - facts)})`;
}

/** Order lists by what they assert, then by all they say. */
const heavier = (one, two) => two.filter((event) => event.asserted).length - one.filter((event) => event.asserted).length || two.length - one.length;

/** Say in words what a list of events is made of. */
function summary(list) {
  const facts = list.filter((event) => event.asserted);
  const parts = [
    [facts.filter((event) => event.sign > 0).length, "cooperation"],
    [facts.filter((event) => event.sign < 0).length, "conflict"],
    [facts.filter((event) => !event.sign).length, "neutral"],
    [list.length - facts.length, "unasserted"],
  ];
  return parts.filter(([count]) => count).map(([count, name]) => `${numeral(count)} ${say(name)}`).join(", ");
}
