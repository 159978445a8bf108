// The bar above the rows: filters, find, what the minimap shows, which columns stand where.

const NO_FILTER = { unconfirmed: false, onesided: false, noted: false, doubtful: false, marked: false, issue: "", hop: "", above: 0, category: "" };
const CHIPS = { doubtful: "doubtful", unconfirmed: "unconfirmed", onesided: "one-sided", noted: "with notes", marked: "bookmarked" };
const ABOVE = [50, 80, 90, 95];

function passes(model, unit, filter) {
  const steps = filter.hop ? model.hops.filter(({ id }) => id === filter.hop) : model.steps;
  if (unit.apparatus) return !Object.entries(filter).some(([name, on]) => on && !(name === "noted" && unit.notes.length));
  return (!filter.unconfirmed || unit.status !== "confirmed")
    && (!filter.onesided || lacksSide(model, unit))
    && (!filter.noted || unit.notes.length > 0)
    && (!filter.doubtful || (unit.doubt && !unit.doubt.done))
    && (!filter.marked || unit.marked)
    && (!filter.issue || steps.some((hop) => filter.issue in ((scored(unit, hop) || {}).issues || {})))
    && (!filter.above || steps.some((hop) => (scored(unit, hop) || { percentile: -1 }).percentile >= filter.above))
    && (!filter.category || unit.notes.some((note) => Object.entries(note.categories).some((pair) => pair.join(":") === filter.category)));
}

const isFiltered = (filter) => Object.values(filter).some(Boolean);

function barParts(state) {
  const { model, filter, view } = state;
  const select = (name, label, options, value) => el("label", { class: "pick" }, el("span", null, label), el("select", { name, "data-set": name, "aria-label": label },
    options.map(([id, title]) => el("option", { value: id, selected: String(id) === String(value) ? "" : null }, title))));
  const kinds = ALARMING.filter((metric) => metric in model.metrics);
  const used = new Set(model.notes.flatMap((note) => Object.entries(note.categories).map((pair) => pair.join(":"))));
  const categories = model.sets.flatMap((set) => set.categories.map((one) => [`${set.id}:${one.id}`, `${one.title} (${set.title})`])).filter(([id]) => used.has(id) || id === filter.category);
  const more = [filter.issue, filter.hop, filter.above, filter.category].filter(Boolean).length;
  return [
    el("span", { class: "chips", role: "group", "aria-label": "Show only" }, Object.entries(CHIPS).map(([name, title]) =>
      el("button", { type: "button", class: "chip", "data-do": "filter", "data-filter": name, "aria-pressed": String(Boolean(filter[name])) }, title))),
    menu(state, "filters", more ? `filters (${more})` : "filters", [
      select("issue", "Issue", [["", "any"], ...kinds.map((metric) => [metric, metricName(model, metric)])], filter.issue),
      select("hop", "Hop", [["", "any hop"], ...model.hops.map((hop) => [hop.id, `${hop.label} (${hop.source}→${hop.target})`])], filter.hop),
      select("above", "Divergence", [[0, "any"], ...ABOVE.map((bound) => [bound, `${ordinal(bound)} percentile and above`])], filter.above),
      select("category", "Category", [["", "any"], ...categories], filter.category)]),
    menu(state, "columns", "columns", [...model.all.map((version, place) => columnRow(state, version, place)),
      el("label", { class: "tick" }, el("input", { type: "checkbox", "data-set": "apparatus", checked: view.apparatus ? "" : null }), "apparatus (front matter, stamps, notes; not aligned)")]),
    select("colour", "colour", [["divergence", "divergence"], ...model.hops.map((hop) => [hop.id, `divergence, ${hop.label}`]), ["confidence", "confidence"], ["state", "state"]], view.colour),
    model.alike.length > 0 && el("button", { type: "button", class: "chip", "data-do": "difference", "aria-pressed": String(view.difference), title: DIFFERENCE }, "word diff"),
    el("span", { class: "find", role: "search" }, el("input", { type: "search", "data-set": "find", placeholder: "Find in all columns", "aria-label": "Find in all columns", value: state.find.query }),
      el("span", { class: "hits", role: "status" }), act("find-previous", "‹", { label: "Previous place" }), act("find-next", "›", { label: "Next place" })),
    isFiltered(filter) && el("span", { class: "shown" }, `${state.visible.filter((unit) => !unit.apparatus).length} of ${model.units.filter((unit) => !unit.apparatus).length} units `, el("button", { type: "button", class: "link", "data-do": "clear" }, "show all")),
  ].filter(Boolean);
}

function menu(state, name, title, parts) {
  return el("details", { class: "menu", "data-menu": name, open: state.opened.has(name) ? "" : null }, el("summary", null, title), el("div", { class: "sheet" }, parts));
}

function columnRow(state, version, place) {
  const { view, model } = state;
  const name = `${version.role} (${version.name})`;
  const button = (does, sign, label, off) => el("button", { type: "button", class: "choice", "data-do": does, "data-version": version.id, "aria-label": `${label}: ${name}`, title: label, disabled: off ? "" : null }, sign);
  return el("div", { class: "column-row" },
    el("label", { class: "tick" }, el("input", { type: "checkbox", "data-set": "column", "data-version": version.id, checked: view.hidden.includes(version.id) ? null : "" }), name),
    el("span", null, button("column-left", "←", "Move to the left", place === 0), button("column-right", "→", "Move to the right", place === model.all.length - 1),
      button("column-narrow", "−", "Narrower"), button("column-wide", "+", "Wider")));
}

// ---- filters --------------------------------------------------------------------------------

// Hides the rows that the filter leaves out; the page keeps them, and its place.
function applyFilter(state) {
  const { model, filter } = state;
  const on = isFiltered(filter);
  state.visible = on ? model.units.filter((unit) => passes(model, unit, filter)) : model.units;
  const shown = new Set(state.visible.map(({ id }) => id));
  for (const [id, entry] of state.rows) entry.node.hidden = !shown.has(id);
  state.root.toggleAttribute("data-empty", !state.visible.length);
}

function setFilter(state, changed) {
  state.filter = { ...state.filter, ...changed };
  state.anchor = null;
  applyFilter(state);
  drawBar(state);
  drawMap(state);
  const shown = (unit) => state.visible.some(({ id }) => id === unit);
  if (!state.visible.length) { state.left = state.selected || state.left; select(state, null, ""); }
  else if (!shown(state.selected)) select(state, !state.selected && shown(state.left) ? state.left : state.visible[0].id, "jump");
  else reveal(state, state.selected, "jump");
  runFind(state);
  see(state);
  address(state);
}

// ---- columns --------------------------------------------------------------------------------

const viewKey = (state) => `relay view ${state.document}`;
function setView(state, changed) {
  state.view = { ...state.view, ...changed };
  localStorage.setItem(viewKey(state), JSON.stringify(state.view));
  redraw(state);
}

function shiftColumn(state, id, by) {
  const order = state.model.all.map((version) => version.id);
  const place = order.indexOf(id);
  const other = place + by;
  if (other < 0 || other >= order.length) return;
  [order[place], order[other]] = [order[other], order[place]];
  setView(state, { order });
}

function widen(state, id, factor) {
  const wide = { ...state.view.wide, [id]: Math.min(4, Math.max(0.4, (state.view.wide[id] || 1) * factor)) };
  setView(state, { wide });
}

// ---- find -----------------------------------------------------------------------------------

function runFind(state) {
  const { model, find } = state;
  find.sought = find.query;
  let query = folded(find.query);
  find.hits = hitsOf(state, query);
  const other = !find.hits.length && unfinished(query);
  if (other) find.hits = hitsOf(state, other);
  find.place = -1;
  paint("relay-find", find.hits.map((hit) => { const node = segmentNode(state, hit.unit, hit.version, hit.k); return node && rangeOver(node, ...hit.at); }));
  paint("relay-found", []);
  drawHits(state);
  for (const mark of state.marks.children) mark.toggleAttribute("data-hit", false);
  const hit = new Set(find.hits.map(({ unit }) => unit));
  if (hit.size) for (const mark of state.marks.children) mark.toggleAttribute("data-hit", hit.has(mark.dataset.unit));
}

function hitsOf(state, query) {
  const { model, find } = state;
  if (!query.text.trim()) return [];
  return state.visible.flatMap((unit) => model.versions.flatMap((version) => side(unit, version.id).flatMap((segment, k) =>
    findIn(foldedSegment(find, segment.text), query).map((at) => ({ unit: unit.id, version: version.id, k, at })))));
}

function foldedSegment(find, text) {
  if (!find.texts.has(text)) find.texts.set(text, folded(text));
  return find.texts.get(text);
}

function drawHits(state) {
  const { find, root } = state;
  const said = !find.query.trim() ? "" : !find.hits.length ? "nothing" : find.place < 0 ? `${find.hits.length}` : `${find.place + 1} of ${find.hits.length}`;
  root.querySelector(".hits").textContent = said;
}

function nextHit(state, by) {
  const { find, model } = state;
  if (!find.query.trim()) return root_find(state).focus();
  if (find.query !== find.sought) runFind(state); // the letters came faster than the search
  if (!find.hits.length) return say(state, `Nothing like “${find.query}” stands in the columns on show.`);
  say(state, "");
  const { length } = find.hits;
  if (find.place < 0) {
    const from = state.visible.findIndex((unit) => unit.id === state.selected);
    const place = find.hits.findIndex((hit) => state.visible.findIndex((unit) => unit.id === hit.unit) >= from);
    find.place = by > 0 ? Math.max(0, place) : (Math.max(0, place) - 1 + length) % length;
  } else find.place = (find.place + by + length) % length;
  const hit = find.hits[find.place];
  select(state, hit.unit, "jump");
  state.word = null;
  placeCursor(state, hit.version, hit.k);
  const node = segmentNode(state, hit.unit, hit.version, hit.k);
  const range = node && rangeOver(node, ...hit.at);
  paint("relay-found", [range]);
  if (range) intoView(state, range.getBoundingClientRect());
  drawHits(state);
}

const root_find = (state) => state.root.querySelector('[data-set="find"]');
