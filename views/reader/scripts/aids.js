// Reading aids: which words stand for the one at hand, how other scripts sound, and what differs between two versions in
// one language. What the machine takes for counterparts is a guess, and is shown with its strength.

const AIDS_AFTER = 150; // ms in a unit before its words are asked for, so that units one passes by are not
const SECTIONS = ["words", "history"]; // parts of the pane that stay open from unit to unit
const DIFFERENCE = "Mark the words that differ between neighbouring columns in one language: wording, numbers, names, negations, modality. Point at a word to see what the other text has.";
const SYSTEMS_KEY = "relay romanisation";

// `place` is the word at hand: version, segment (k), start, stop; `pointer` is where the pointer rests in the selected unit.
const newAids = () => ({ timer: 0, unit: null, place: null, pointer: null, frame: 0, compared: "",
  systems: JSON.parse(localStorage.getItem(SYSTEMS_KEY) || "{}"), line: el("p", { class: "gloss", role: "status", "aria-label": "Counterparts of the word" }) });

const textsOf = (unit) => JSON.stringify(Object.entries(unit.sides).map(([id, segments]) => [id, segments.map(({ text }) => text)]));

// The aids of the selected unit, if they are known for its texts as they stand.
function aidsOf(state) {
  const unit = unitOf(state);
  const known = state.answers.words;
  return known && unit && known.unit === unit.id && known.texts === textsOf(unit) ? known : null;
}

function askAbout(state, kind) {
  ask(state, { kind, unit: state.selected, ...(kind === "words" && { systems: state.aids.systems }) });
}

// Asks for the aids of the selected unit if one stays in it.
function wantAids(state) {
  const { aids, selected } = state;
  const unit = unitOf(state);
  if (!unit || unit.apparatus || aidsOf(state) || aids.unit === selected || (asking(state, "words") || {}).unit === selected) return;
  clearTimeout(aids.timer);
  aids.unit = selected;
  aids.timer = setTimeout(() => {
    aids.unit = null;
    if (state.selected === selected && !aidsOf(state)) askAbout(state, "words");
  }, AIDS_AFTER);
}

// ---- the word at hand -----------------------------------------------------------------------

// Numbers of the words that a place touches.
function wordsAt(known, { version, k, start, stop }) {
  return (known.words[version] || []).flatMap(([segment, first, last], number) =>
    (segment === k && first < stop && start < last ? [number] : []));
}

// What stands for some words of a version elsewhere, in the order of the columns, then of the text.
function counterparts(state, known, version, numbers) {
  const found = new Map();
  for (const [one, i, other, j, strength] of known.links) {
    const [target, number] = one === version && numbers.includes(i) ? [other, j] : other === version && numbers.includes(j) ? [one, i] : [];
    if (!target || !state.model.version[target]) continue;
    const name = `${target} ${number}`;
    if (!found.has(name) || found.get(name).strength < strength) found.set(name, { version: target, number, strength });
  }
  const column = ({ version: id }) => state.model.all.findIndex((each) => each.id === id);
  return [...found.values()].sort((a, b) => column(a) - column(b) || a.number - b.number);
}

function rangeOfWord(state, known, version, number) {
  const [k, start, stop] = known.words[version][number];
  const node = segmentNode(state, state.selected, version, k);
  return node && rangeOver(node, start, stop);
}

function spelling(state, known, version, number) {
  const [k, start, stop] = known.words[version][number];
  return side(unitOf(state), version)[k].text.slice(start, stop);
}

// Lights up a word and its counterparts, and says them; null puts the light out.
function lightUp(state, place) {
  const { aids } = state;
  aids.place = place;
  const known = place && aidsOf(state);
  if (place && !known) wantAids(state);
  const numbers = known && known.words ? wordsAt(known, place) : [];
  const found = numbers.length ? counterparts(state, known, place.version, numbers) : [];
  paint("relay-word", numbers.map((number) => rangeOfWord(state, known, place.version, number)));
  paint("relay-words", found.map((one) => rangeOfWord(state, known, one.version, one.number)));
  const said = numbers.length ? glossLine(state, known, place.version, numbers, found) : [];
  const words = said.map((part) => (typeof part === "string" ? part : part.textContent)).join("");
  if (aids.line.textContent !== words) aids.line.replaceChildren(...said); // told once, not at every move of the pointer
}

const relight = (state) => (state.aids.pointer ? pointed(state) : lightUp(state, state.aids.place));

function glossLine(state, known, version, numbers, found) {
  const word = (id, number) => el("span", { class: "word", lang: state.model.version[id].language }, spelling(state, known, id, number));
  const script = known.scripts[version];
  const sound = script && script.words ? ` (${numbers.map((number) => script.words[number]).join(" ")})` : "";
  const said = numbers.flatMap((number, place) => [place ? " " : "", word(version, number)]);
  if (sound) said.push(el("i", { lang: `${script.language}-Latn` }, sound));
  if (known.said) return [...said, ". ", known.said];
  if (!found.length) return [...said, ": no counterpart found."];
  return [...said, ": ", ...found.flatMap((one, place) => [place ? ", " : "", `${one.version} `, word(one.version, one.number), ` ${percent(one.strength)}`]), "; the machine’s guess."];
}

// Nothing of another unit is at hand any more.
function leaveWords(state) {
  clearTimeout(state.aids.timer);
  state.aids.unit = null;
  state.aids.pointer = null;
  lightUp(state, null);
}

// ---- pointer --------------------------------------------------------------------------------

function pointAt(state, { target, clientX: x, clientY: y }) {
  const { aids } = state;
  const node = target.closest('.unit[aria-selected="true"]:not([data-apparatus]) .segment');
  if (!node) return aids.pointer && pointAway(state);
  aids.pointer = { version: node.dataset.version, k: Number(node.dataset.k), x, y };
  aids.frame = aids.frame || requestAnimationFrame(() => { aids.frame = 0; if (aids.pointer) pointed(state); });
}

function pointAway(state) {
  state.aids.pointer = null;
  lightUp(state, state.word ? state.word.place : null);
}

// Lights up the word under the pointer: the one with a box there.
function pointed(state) {
  const { pointer } = state.aids;
  const known = aidsOf(state);
  if (!known) { lightUp(state, state.word ? state.word.place : null); return wantAids(state); }
  const node = segmentNode(state, state.selected, pointer.version, pointer.k);
  const under = node && ((known.words || {})[pointer.version] || []).find(([k, start, stop]) => {
    const range = k === pointer.k && rangeOver(node, start, stop);
    return range && [...range.getClientRects()].some((box) => pointer.x >= box.left && pointer.x <= box.right && pointer.y >= box.top && pointer.y <= box.bottom);
  });
  return lightUp(state, under ? { version: pointer.version, k: under[0], start: under[1], stop: under[2] } : state.word ? state.word.place : null);
}

// A line of the gloss lights up its words in the text.
function pointInGloss(state, target) {
  const line = target.closest("[data-word]");
  const known = line && aidsOf(state);
  if (!known) return;
  const { version } = line.closest("table").dataset;
  const [k, start, stop] = known.words[version][Number(line.dataset.word)];
  lightUp(state, { version, k, start, stop });
}

// ---- pane -----------------------------------------------------------------------------------

// Text in Latin letters and a gloss, word by word; asked for when opened.
function aidsSection(state, unit) {
  const known = aidsOf(state);
  return el("details", { class: "aids", "data-ask": "words", open: state.opened.has("words") ? "" : null }, el("summary", null, "Reading aids"),
    ...(state.opened.has("words") ? aidsParts(state, unit, known) : []));
}

function aidsParts(state, unit, known) {
  if (!known) return [el("p", { class: "quiet" }, "…")];
  if (!known.words) return [el("p", { class: "quiet" }, known.said)];
  const shown = state.model.versions.filter(({ id }) => id in known.words);
  const foreign = shown.filter(({ id }) => id in known.scripts);
  const glossed = foreign.length ? foreign : shown.slice(0, 1);
  return [
    known.said && el("p", { class: "quiet" }, known.said),
    !foreign.length && el("p", { class: "quiet" }, "Everything here is in Latin letters."),
    !known.said && el("p", { class: "quiet" }, "Counterparts are the machine’s guess, with its strength in per cent; “–” where it found none."),
    ...glossed.flatMap((version) => [el("h5", null, version.role, " ", el("small", null, version.name)),
      ...(known.scripts[version.id] ? latinText(version, known.scripts[version.id]) : []),
      glossTable(state, unit, known, version, shown.filter((other) => other !== version))]),
  ].filter(Boolean);
}

function latinText(version, script) {
  if (!script.systems.length) return [el("p", { class: "quiet" }, `No romanisation is known here for ${version.name}.`)];
  return [el("label", { class: "pick" }, el("span", null, "Romanisation"),
    el("select", { "data-set": "system", "data-language": script.language, "aria-label": `Romanisation of the ${version.name} text` },
      script.systems.map(([id, title]) => el("option", { value: id, selected: id === script.system ? "" : null }, title)))),
  ...script.segments.map((text) => el("p", { class: "latin", lang: `${script.language}-Latn` }, text))];
}

function glossTable(state, unit, known, version, others) {
  const script = known.scripts[version.id];
  const named = (one) => (others.filter((each) => each.name === one.name).length > 1 ? `${one.name} (${one.id})` : one.name);
  const said = (other, found) => found.filter((one) => one.version === other.id).flatMap((one, place) =>
    [place ? ", " : "", spelling(state, known, one.version, one.number), " ", el("small", { title: `strength ${percent(one.strength)}` }, String(Math.round(100 * one.strength)))]);
  const table = el("table", { class: "words", "data-version": version.id, "aria-label": `Gloss of the ${version.name} text` },
    el("thead", null, el("tr", null, el("th", { scope: "col" }, version.name), others.map((other) => el("th", { scope: "col" }, named(other))))),
    el("tbody", null, known.words[version.id].map((_, number) => {
      const found = counterparts(state, known, version.id, [number]);
      return el("tr", { "data-word": number },
        el("th", { scope: "row" }, el("span", { lang: version.language }, spelling(state, known, version.id, number)),
          script && script.words && el("i", { lang: `${script.language}-Latn` }, script.words[number])),
        others.map((other) => { const parts = said(other, found); return el("td", { lang: other.language }, parts.length ? parts : "–"); }));
    })));
  table.style.setProperty("--columns", others.length + 1);
  return el("div", { class: "wide", role: "region", tabindex: 0, "aria-label": `Words of the ${version.name} text` }, table);
}

function chooseSystem(state, language, system) {
  const { aids } = state;
  aids.systems = { ...aids.systems, [language]: system };
  localStorage.setItem(SYSTEMS_KEY, JSON.stringify(aids.systems));
  askAbout(state, "words");
}

// ---- two versions in one language -----------------------------------------------------------

// Asks once for what differs between neighbouring columns that no hop joins; it comes with the units.
function askDifferences(state) {
  const pairs = state.model.beside.filter(({ known }) => !known).map(({ ids }) => ids);
  const name = JSON.stringify([state.data.epoch, pairs]);
  if (!pairs.length || state.aids.compared === name) return;
  state.aids.compared = name;
  ask(state, { kind: "difference", pairs });
}

function changeSaid(model, { kind, text, other }) {
  return `${kind === "term" ? "Term" : metricName(model, kind)} differs from ${other}: ${text}`;
}
