// Which words stand for each other: they light up where one points, taps, or goes with the arrow keys. Everything else of
// the page works without this. Texts are only ever read here, and written as text.
"use strict";

const WORD = /\p{Nd}+(?:[.,:]\p{Nd}+)*(?![\p{L}\p{N}_])|[\p{L}\p{N}_]+(?:[-'’.][\p{L}\p{N}_]+)*/gu;
const LINKS = JSON.parse(document.getElementById("links").textContent);
const gloss = document.getElementById("gloss");
const lights = globalThis.Highlight && CSS.highlights;
const known = new WeakMap();
let at = null; // the word at hand: its cell and number

// The words of a cell as ranges, counted over its segments; what is written behind marks is no text of it.
function wordsOf(cell) {
  if (!known.has(cell)) known.set(cell, [...cell.querySelectorAll("p[data-kind]")].flatMap(rangesIn));
  return known.get(cell);
}

function rangesIn(segment) {
  const nodes = [];
  const walk = document.createTreeWalker(segment, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest(".call") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  let text = "";
  while (walk.nextNode()) {
    nodes.push([text.length, walk.currentNode]);
    text += walk.currentNode.data;
  }
  const place = (offset, isEnd) => {
    const [begins, node] = nodes.findLast(([start]) => (isEnd ? start < offset : start <= offset));
    return [node, offset - begins];
  };
  return [...text.matchAll(WORD)].map((match) => {
    const range = document.createRange();
    range.setStart(...place(match.index, false));
    range.setEnd(...place(match.index + match[0].length, true));
    return range;
  });
}

const cellsOf = (unit) => [...unit.querySelectorAll("tr:first-child > td.text")];

// What stands for a word in the other cells of its unit, the surest first within each.
function counterparts(cell, number) {
  const unit = cell.closest("tbody");
  const cells = cellsOf(unit);
  const own = cells.indexOf(cell);
  const found = [];
  for (const [one, other, links] of LINKS[unit.id] || []) {
    const [turned, target] = one === own ? [0, other] : other === own ? [1, one] : [0, -1];
    for (let place = 0; target >= 0 && place < links.length; place += 3) {
      if (links[place + turned] === number) found.push({ cell: cells[target], number: links[place + 1 - turned], strength: links[place + 2] });
    }
  }
  return found.filter((one) => wordsOf(one.cell)[one.number]).sort((a, b) => cells.indexOf(a.cell) - cells.indexOf(b.cell) || b.strength - a.strength);
}

function made(name, text, said = {}) {
  const node = Object.assign(document.createElement(name), said);
  node.textContent = text;
  return node;
}

function show(word) {
  if (at && word && at.cell === word.cell && at.number === word.number) return;
  at = word;
  const range = word && wordsOf(word.cell)[word.number];
  const found = range ? counterparts(word.cell, word.number) : [];
  if (lights) {
    lights.set("word", new Highlight(...(range ? [range] : [])));
    lights.set("counterparts", new Highlight(...found.map((one) => wordsOf(one.cell)[one.number])));
  }
  if (!range) return gloss.replaceChildren();
  const quoted = (cell, text) => made("q", text, { lang: cell.lang });
  const said = found.flatMap((one, place) => [place ? ", " : ": ", made("small", `${one.cell.dataset.version} `),
    quoted(one.cell, String(wordsOf(one.cell)[one.number])), made("small", ` ${one.strength} %`)]);
  return gloss.replaceChildren(quoted(word.cell, String(range)), ...(said.length ? said : [": no counterpart found."]));
}

function under({ target, clientX: x, clientY: y }) {
  const cell = target.closest && target.closest("td.text[data-version]");
  if (!cell) return null;
  const holds = (range) => [...range.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  const number = wordsOf(cell).findIndex(holds);
  return number < 0 ? null : { cell, number };
}

// ---- keys: one passage is in the way of the Tab key at a time, arrows go from word to word and from unit to unit ----
const cells = [...document.querySelectorAll("td.text[data-version]")];

function enter(cell) {
  for (const one of cells) one.tabIndex = one === cell ? 0 : -1;
}

function go(cell) {
  if (!cell) return;
  enter(cell);
  cell.focus();
}

// The passage of the same version in the next unit that has one, down (1) or up (-1).
function beside(cell, step) {
  const column = cells.filter((one) => one.dataset.version === cell.dataset.version);
  return column[column.indexOf(cell) + step];
}

function pressed(event) {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (!cells.includes(target) || ctrlKey || metaKey || altKey) return;
  const count = wordsOf(target).length;
  const number = at && at.cell === target ? at.number : -1;
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  if (key in steps && count) {
    const next = number < 0 ? (steps[key] > 0 ? 0 : count - 1) : number + steps[key];
    if (next >= 0 && next < count) show({ cell: target, number: next });
    else {
      const row = cellsOf(target.closest("tbody"));
      go(row[row.indexOf(target) + steps[key]]);
    }
  } else if (key === "ArrowDown") go(beside(target, 1));
  else if (key === "ArrowUp") go(beside(target, -1));
  else if (key === "Escape") show(null);
  else return;
  event.preventDefault();
}

// Laid out anew for a phone, a table is still one to those who hear it.
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
for (const [selector, role] of Object.entries(ROLES)) document.querySelectorAll(selector).forEach((one) => { one.role = role; });

document.documentElement.classList.add("scripted");
if (cells.length) enter(cells[0]);
const units = document.querySelector("table");
let frame = 0;
units.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch") return;
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => show(under(event)));
});
units.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && show(null));
units.addEventListener("click", (event) => !event.target.closest("a, summary") && show(under(event)));
units.addEventListener("focusin", ({ target }) => cells.includes(target) && enter(target));
units.addEventListener("keydown", pressed);
addEventListener("beforeprint", () => document.querySelectorAll("table details:not([open])").forEach((one) => { one.open = true; one.dataset.shut = "yes"; }));
addEventListener("afterprint", () => document.querySelectorAll("details[data-shut]").forEach((one) => { one.open = false; delete one.dataset.shut; }));
