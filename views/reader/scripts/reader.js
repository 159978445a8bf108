// The reader: one state a mounted element, what changes it, and what listens.
// Streamlit calls the default export again after every rerun, so the page is patched and never rebuilt.

const STATES = new WeakMap();
const SEND_AFTER = 150; // ms without a further move before Python hears of a selection

export default function reader(component) {
  let state = STATES.get(component.parentElement);
  if (state && !state.root.isConnected) unmount(component.parentElement, state); // the page was built anew under us
  if (!STATES.has(component.parentElement)) state = mount(component.parentElement);
  state.component = component;
  const turn = (state.turn += 1);
  const { page, document: opened, asked, height } = component.data;
  follow(state, height);
  if (state.page !== page || state.document !== opened) load(state, page, opened, asked); // a change of theme brings the same page
  // Streamlit may run the cleanup of an overtaken call while a later one is in charge.
  return () => turn === state.turn && unmount(component.parentElement, state);
}

// ---- mounting -------------------------------------------------------------------------------

function mount(parent) {
  const root = parent.querySelector(".reader");
  const part = (name) => root.querySelector(`.${name}`);
  const state = { parent, root, turn: 0, rows: new Map(), visible: [], asked: null, selected: null, off: new AbortController(),
    cursor: { version: "", k: 0 }, word: null, held: [], draft: null, editing: null, replying: null, linking: null, dragged: null,
    answers: {}, aids: newAids(), opened: new Set(), turns: { undo: "", redo: "" }, saved: "", filter: filterFromAddress(), find: { query: "", hits: [], place: -1, texts: new Map() },
    grid: part("grid"), head: part("head"), units: part("units"), pane: part("pane"), keys: root.querySelector("dialog"), bar: part("tools"),
    map: part("map"), marks: part("marks"), view_box: part("view"), here: part("here") };
  STATES.set(parent, state);
  for (const list of [state.units, state.marks, state.bar, state.pane]) list.replaceChildren(); // left over when mounted a second time
  state.keys.replaceChildren(...keyList());
  openQueue(state);
  listen(state);
  return state;
}

function unmount(parent, state) {
  closeQueue(state);
  state.off.abort();
  state.sizes.disconnect();
  clearTimeout(state.timer);
  leaveWords(state);
  for (const name of ["relay-find", "relay-found", "relay-held"]) paint(name, []);
  if (state.keys.open) state.keys.close();
  STATES.delete(parent);
}

// Takes the height given in CSS, and light or dark from the ground that Streamlit paints.
function follow(state, height) {
  state.root.style.height = height || "";
  const ground = getComputedStyle(state.root).getPropertyValue("--st-background-color") || "#fff";
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = ground.trim();
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  state.root.dataset.theme = 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light";
}

// ---- data to page ---------------------------------------------------------------------------

function load(state, page, opened, asked) {
  const other = state.document !== opened;
  state.page = page;
  if (other) {
    state.document = opened;
    state.view = { order: [], hidden: [], wide: {}, apparatus: false, difference: true, colour: "divergence", ...JSON.parse(localStorage.getItem(viewKey(state)) || "null") };
  }
  const data = JSON.parse(page);
  // A page that is older than what was patched in meanwhile says nothing new.
  const same = state.data && !other && state.data.epoch === data.epoch && state.data.frame.level === data.frame.level;
  if (!same || data.turn > state.data.turn) {
    endEdit(state);
    if (!same) state.queue.asks.clear();
    state.data = merged(null, data);
  }
  redraw(state, wantedBy(state, asked));
  resume(state, other);
}

// Brings back what was being written when the page was closed.
async function resume(state, other) {
  if (other) {
    const draft = (await kept(draftKey(state))).get(draftKey(state));
    if (draft && !state.draft) { state.draft = draft; drawPane(state, false); }
  }
  const edit = (await kept(editKey(state))).get(editKey(state));
  if (edit && !state.editing) resumeEdit(state, edit);
}

// Takes in what changed on the server.
function patch(state, changes) {
  const nothing = changes.turn === state.data.turn && changes.epoch === state.data.epoch;
  if (nothing && changes.revision === state.data.revision && changes.stale === state.data.stale) return;
  state.data = merged(state.data, changes);
  if (!nothing) redraw(state);
}

// Draws what is different from before; the selection and the place on the page stay.
function redraw(state, wanted = null) {
  const anchor = hold(state);
  const old = state.model && state.model.unit[state.selected];
  const start = old && firstPlace(state.model, old);
  const before = state.model ? state.visible.findIndex((unit) => unit.id === state.selected) : -1;
  const words = selectedEnds(state);
  readDraft(state);
  state.model = model(state.data, state.view);
  drawHead(state);
  patchRows(state);
  applyFilter(state);
  drawBar(state);
  drawMap(state);
  drawStatus(state);
  const body = state.model.units.findIndex((unit) => !unit.apparatus); // front matter lies above, one scroll away
  const kept = state.rows.has(state.selected) ? state.selected : (start && holding(state.model, start))
    || at(state, before >= 0 ? Math.min(before, state.visible.length - 1) : Math.max(0, body));
  if (wanted) select(state, wanted, "jump"); // told back, so that Python holds what is shown
  else {
    select(state, kept, kept === state.selected ? "" : old ? "near" : "jump", before >= 0 && kept !== state.selected);
    restore(state, anchor);
  }
  selectAgain(state, words);
  if (state.find.query) runFind(state);
  showHeld(state);
  relight(state);
  askDifferences(state);
  see(state);
}

// The first character of a unit, and the unit that holds it now: a unit that was merged is followed to where it went.
function firstPlace(model, unit) {
  const version = model.all.find(({ id }) => side(unit, id).length);
  return version && { version: version.id, start: segmentStart(model, unit, version.id, 0) };
}

function holding(model, { version, start }) {
  const index = model.data.starts[version].indexOf(start);
  const found = model.units.find((unit) => index >= unit.first[version] && index < unit.first[version] + side(unit, version).length);
  return found && found.id;
}

// The unit Python asks for, once for each request: a rerun for another reason must not pull the reader back.
function wantedBy(state, request) {
  if (!request || request.turn === state.asked) return null;
  state.asked = request.turn;
  return state.data.units[request.unit] ? request.unit : null;
}

function drawHead(state) {
  const { model, head, root, view } = state;
  const columns = model.versions.map((version, place) =>
    (place ? `var(--${model.gutters[place - 1] ? "gutter" : "gap"}) ` : "") + `minmax(var(--least), ${view.wide[version.id] || 1}fr)`);
  state.grid.style.setProperty("--columns", `var(--numbers) ${columns.join(" ")}`);
  root.dataset.versions = model.versions.length;
  root.dataset.level = model.level;
  const shape = [model.data.frame, ...model.versions.map(({ id }) => id)];
  if (state.shape && shape.length === state.shape.length && shape.every((one, place) => one === state.shape[place])) return;
  state.shape = shape;
  state.rows.clear();
  head.replaceChildren(...headParts(model));
}

// Rows are known by unit id and built again only when their unit changed; when only its number did, that is written anew.
function patchRows(state) {
  const old = state.rows;
  state.rows = new Map();
  let next = state.units.firstChild;
  const compared = state.model.beside.map(({ name }) => name).join();
  for (const unit of state.model.units) {
    const shape = [unit.content, compared, ...unit.notes, ...(unit.notes.length || (unit.moved || []).length ? [unit.number, JSON.stringify(unit.first)] : [])];
    let entry = old.get(unit.id);
    if (!entry || entry.shape.length !== shape.length || shape.some((one, place) => one !== entry.shape[place])) {
      const made = row(state.model, unit);
      if (entry && entry.node === next) next = next.nextSibling;
      if (entry) entry.node.replaceWith(made);
      entry = { node: made, shape, number: unit.number };
    } else if (entry.number !== unit.number) {
      entry.node.firstChild.replaceWith(numberCell(unit));
      entry.number = unit.number;
    }
    entry.unit = unit;
    if (entry.node === next) next = next.nextSibling;
    else state.units.insertBefore(entry.node, next);
    state.rows.set(unit.id, entry);
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

function drawMap(state) {
  const { model, view, visible } = state;
  const shown = new Set(visible);
  const count = model.units.length || 1;
  state.marks.replaceChildren(...model.units.map((unit, place) => mapMark(model, unit, { place, count, colour: view.colour, hidden: !shown.has(unit) })));
  state.map.style.setProperty("--units", count);
}

// The bar is drawn again only as a whole, and the control in use keeps the focus and what is typed.
function drawBar(state) {
  const active = state.bar.contains(state.parent.activeElement) ? state.parent.activeElement : null;
  const typing = active && active.dataset.set === "find" && [active.value, active.selectionStart, active.selectionEnd];
  const name = active && (active.dataset.do || active.dataset.set || "");
  const same = (node) => (node.dataset.do || node.dataset.set || "") === name && node.dataset.filter === active.dataset.filter && node.dataset.version === active.dataset.version;
  const summary = active && active.tagName === "SUMMARY" && active.parentElement.dataset.menu;
  state.bar.replaceChildren(...barParts(state));
  drawHits(state);
  const node = summary ? state.bar.querySelector(`[data-menu="${summary}"] summary`) : name && [...state.bar.querySelectorAll("[data-do], [data-set]")].find(same);
  if (node) node.focus({ preventScroll: true });
  if (node && typing) { [node.value] = typing; node.setSelectionRange(typing[1], typing[2]); }
}

function drawStatus(state) {
  const { model, root } = state;
  const count = (number, words) => [el("b", null, String(number)), ` ${words}`];
  const body = model.units.filter((unit) => !unit.apparatus);
  const confirmed = body.filter((unit) => unit.status === "confirmed").length;
  const queue = doubtful(model);
  const done = queue.filter((unit) => unit.doubt.done).length;
  const first = body.find((unit) => unit.status !== "confirmed");
  root.querySelector(".counts").replaceChildren(
    el("span", null, count(body.length, body.length === 1 ? "unit" : "units")),
    el("span", null, count(confirmed, "confirmed")),
    first ? el("button", { type: "button", "data-do": "next-unconfirmed", title: "Go to the first unit that is not confirmed" }, "first unconfirmed ", el("b", null, String(first.number))) : "",
    el("span", { title: "units with no counterpart in at least one version" }, count(body.filter((unit) => lacksSide(model, unit)).length, "one-sided")),
    model.notes.length ? el("span", null, count(model.notes.length, model.notes.length === 1 ? "note" : "notes")) : "",
  );
  root.querySelector(".doubts").replaceChildren(el("b", null, `${done} of ${queue.length}`), " doubtful decided, next ", el("kbd", null, "F8"));
  root.querySelector(".placeholders").textContent = placeholderLine(model, () => true);
  drawSaved(state);
}

// Says whether the server has everything, and what undo would take back.
function drawSaved(state) {
  const { queue, root, turns } = state;
  const node = root.querySelector(".saved");
  const lost = queue.errors > 1;
  const safe = queue.stored >= queue.number ? ", kept in this browser" : "";
  node.textContent = queue.pending.length ? (lost ? `not saved yet: ${queue.pending.length}${safe}; trying again` : "saving …") : lost ? "no connection" : state.saved ? `saved ${clock(state.saved)}` : "";
  const { stale } = state.data || {};
  if (stale && !lost) node.textContent += `${node.textContent && " · "}measuring ${stale} ${stale === 1 ? "unit" : "units"} again`;
  node.toggleAttribute("data-lost", lost);
  for (const turn of ["undo", "redo"]) {
    const button = root.querySelector(`.status [data-do="${turn}"]`);
    button.setAttribute("aria-disabled", String(!turns[turn] && !queue.pending.length));
    button.title = turns[turn] ? `${turn === "undo" ? "Take back" : "Do again"}: ${turns[turn]}` : `Nothing to ${turn}`;
  }
}

// ---- selection ------------------------------------------------------------------------------

const at = (state, place) => (state.visible[place] || {}).id;
const placeOf = (state) => state.visible.findIndex((unit) => unit.id === state.selected);

// Selects at once; `how` is "near" (scroll as little as needed), "jump" (well into view) or "" (stay).
function select(state, id, how = "near", tell = true) {
  const old = state.rows.get(state.selected);
  const entry = state.rows.get(id);
  const moved = id !== state.selected;
  if (moved && state.editing && state.editing.unit !== id) keepTyped(state);
  state.selected = entry ? id : null;
  for (const [each, on] of [[old, false], [entry, true]]) {
    if (!each) continue;
    each.node.setAttribute("aria-selected", String(on));
    each.node.tabIndex = on ? 0 : -1;
    each.node.classList.remove("pointing");
  }
  if (moved) { state.word = null; placeCursor(state, state.cursor.version, 0); } else placeCursor(state);
  if (moved) { state.answers = {}; state.replying = null; leaveWords(state); }
  drawPane(state, moved);
  const place = state.model.units.findIndex((unit) => unit.id === state.selected);
  state.here.style.setProperty("--place", Math.max(0, place) / (state.model.units.length || 1));
  if (entry && how) reveal(state, id, how);
  if (entry && moved && tell) send(state);
  if (moved && state.opened.has("history") && entry) askAbout(state, "history");
  if (moved && state.opened.has("words") && entry) wantAids(state);
}

// Leaving a text that is being edited saves it: nothing typed is dropped.
function keepTyped(state) {
  const { form, text } = state.editing;
  if (form.querySelector("textarea").value.trim() === text) endEdit(state);
  else saveEdit(state);
}

function send(state) {
  address(state);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => state.component.setStateValue("selected", state.selected), SEND_AFTER);
}

// The page's address leads back to the document, the unit, the level and the filter.
function address(state) {
  const query = new URLSearchParams({ doc: state.document, level: state.model.level });
  if (state.selected) query.set("unit", state.selected);
  for (const [name, value] of Object.entries(state.filter)) if (value) query.set(name, String(value));
  history_replace(`${location.pathname}?${query}${location.hash}`);
}

function history_replace(url) {
  try {
    globalThis.history.replaceState(globalThis.history.state, "", url);
  } catch { /* browsers refuse a hundred changes of the address in a few seconds; the next one tells the same */ }
}

function filterFromAddress() {
  const query = new URLSearchParams(location.search);
  const read = ([name, empty]) => [name, typeof empty === "boolean" ? query.get(name) === "true" : typeof empty === "number" ? Number(query.get(name)) || 0 : query.get(name) || ""];
  return Object.fromEntries(Object.entries(NO_FILTER).map(read));
}

function drawPane(state, moved) {
  const active = state.pane.contains(state.parent.activeElement) ? state.parent.activeElement : null;
  const scroll = state.pane.scrollTop;
  const does = active && active.dataset.do;
  const field = active && active.name && active.closest("form") && { form: active.closest("form").dataset.form, name: active.name, from: active.selectionStart, to: active.selectionEnd };
  const reply = state.pane.querySelector('[name="reply"]');
  readDraft(state);
  state.pane.replaceChildren(...paneParts(state));
  state.pane.scrollTop = moved ? 0 : scroll;
  const again = state.pane.querySelector('[name="reply"]');
  if (reply && again) again.value = reply.value;
  if (!active) return;
  // The control in use is a new one now: hand the focus on, so that it does not fall out of the reader.
  const same = field ? state.pane.querySelector(`form[data-form="${field.form}"] [name="${field.name}"]`)
    : does && [...state.pane.querySelectorAll(`[data-do="${does}"]`)].find((node) => ["issue", "hop", "verdict", "note"].every((key) => node.dataset[key] === active.dataset[key]));
  (same || sameControl(state, active) || state.pane).focus({ preventScroll: true });
  if (same && field && field.from !== null && same.setSelectionRange && same.tagName !== "SELECT") same.setSelectionRange(field.from, field.to);
}

// The heading of a section, or a choice in it, in the pane as it is drawn now.
function sameControl(state, { tagName, parentElement, dataset }) {
  const [set, language] = [dataset.set, dataset.language].map((name) => CSS.escape(name || ""));
  if (tagName === "SUMMARY") return state.pane.querySelector(`[data-ask="${CSS.escape(parentElement.dataset.ask || "")}"] summary`);
  return dataset.set && state.pane.querySelector(`[data-set="${set}"][data-language="${language}"]`);
}

function move(state, by) {
  const last = state.visible.length - 1;
  const id = at(state, Math.min(last, Math.max(0, placeOf(state) + by)));
  if (id) select(state, id);
  keepFocus(state);
}

// Goes to the next doubtful unit that nobody decided about, in the order of what can be verified.
function seek(state, by) {
  const queue = doubtful(state.model).filter((unit) => state.visible.includes(unit));
  const open = queue.filter((unit) => !unit.doubt.done && unit.id !== state.selected);
  if (!open.length) return say(state, queue.length ? "Every other doubtful unit is decided." : "No unit is doubtful.");
  const from = queue.findIndex((unit) => unit.id === state.selected);
  const rank = (unit) => queue.indexOf(unit);
  const ahead = by > 0 ? open.find((unit) => rank(unit) > from) : from < 0 ? null : [...open].reverse().find((unit) => rank(unit) < from);
  const target = ahead || (by > 0 ? open[0] : open[open.length - 1]);
  select(state, target.id, "jump");
  const { kind, hop } = target.doubt;
  const step = state.model.hops.find(({ id }) => id === hop);
  say(state, `${ahead || from < 0 ? "" : by > 0 ? "From the start again: " : "From the end again: "}${kind === "confidence" ? "the alignment is unsure here" : kind === "divergence" ? `far apart at ${step.label}` : `${metricName(state.model, kind).toLowerCase()} at ${step.label}`}`);
  return keepFocus(state);
}

function nextUnconfirmed(state) {
  const found = state.visible.find((unit) => !unit.apparatus && unit.status !== "confirmed");
  if (found) select(state, found.id, "jump");
}

function say(state, words, alarm = false) {
  const node = state.root.querySelector(".said");
  node.textContent = words;
  node.toggleAttribute("data-alarm", alarm);
}

// Focus goes along with the selection while it is in the grid or nowhere, never out of another control.
function keepFocus(state, always = false) {
  const entry = state.rows.get(state.selected);
  const nowhere = document.activeElement === document.body;
  if (entry && (always || nowhere || state.grid.contains(state.parent.activeElement))) entry.node.focus({ preventScroll: true });
}

// Opens or closes the pane where it is a drawer; on a wide page it always stands open.
function drawer(state, open) {
  const button = state.root.querySelector(".drawer");
  if (getComputedStyle(button).display === "none" || Boolean(open) === Boolean(state.root.dataset.drawer)) return;
  const inside = state.pane.contains(state.parent.activeElement);
  if (open) state.root.dataset.drawer = "open";
  else delete state.root.dataset.drawer;
  button.setAttribute("aria-expanded", String(Boolean(open)));
  const entry = state.rows.get(state.selected);
  if (open) state.pane.focus({ preventScroll: true });
  else if (inside && entry) entry.node.focus({ preventScroll: true });
}

function focusFind(state) {
  const field = root_find(state);
  field.focus();
  field.select();
}

// What the server found out when it was asked.
function answers(state, answer) {
  if (answer.kind === "realign") {
    say(state, answer.said || "");
    if (answer.units) command(state, "realign", { first: answer.first, last: answer.last, units: answer.units });
  } else if (answer.kind === "difference") { if (answer.said) say(state, answer.said, true); }
  else if (answer.unit === state.selected) state.answers = { ...state.answers, [answer.kind]: { ...answer, texts: textsOf(state.model.unit[answer.unit]) } };
  if (answer.kind === "words") relight(state);
  if (answer.kind === "realign" || state.opened.has(answer.kind)) drawPane(state, false);
}

// ---- words and cards ------------------------------------------------------------------------

function marksOf(state, key) {
  const entry = state.rows.get(state.selected);
  return entry ? [...entry.node.querySelectorAll("mark[data-findings]")].filter((mark) => mark.dataset.findings.split(" ").includes(key)) : [];
}

// Leaves only the words of one finding highlighted; null brings all of them back.
function point(state, key) {
  const entry = state.rows.get(state.selected);
  if (!entry) return;
  const chosen = key === null ? [] : marksOf(state, key);
  entry.node.classList.toggle("pointing", chosen.length > 0);
  for (const mark of entry.node.querySelectorAll("mark")) mark.classList.toggle("lit", chosen.includes(mark));
}

function showWords(state, key) {
  const [mark] = marksOf(state, key);
  if (!mark) return;
  drawer(state, false);
  intoView(state, mark.getBoundingClientRect());
}

// The other way round: words in the text light up their cards and notes.
function showCards(state, mark, scroll) {
  const keys = (mark && mark.dataset.findings || "").split(" ");
  const notes = (mark && mark.dataset.notes || "").split(" ");
  const cards = [...state.pane.querySelectorAll(".card, .note")];
  for (const each of cards) each.classList.toggle("lit", each.dataset.note ? notes.includes(each.dataset.note) : keys.includes(each.dataset.finding));
  const first = cards.find((each) => each.classList.contains("lit"));
  if (first && scroll) state.pane.scrollTop = first.offsetTop - state.pane.clientHeight / 3;
}

// ---- events ---------------------------------------------------------------------------------

function listen(state) {
  const { signal } = state.off;
  const on = (node, name, act) => node.addEventListener(name, act, { signal });
  on(document, "keydown", (event) => press(state, event));
  on(state.root, "click", (event) => click(state, event));
  // A press on these must not let go of the selected words.
  on(state.root, "mousedown", (event) => event.target.closest('[data-do="note"], [data-do="add-words"]') && event.preventDefault());
  on(state.root, "change", (event) => changed(state, event));
  on(state.root, "input", (event) => typed(state, event));
  on(state.root, "submit", (event) => submit(state, event));
  state.root.addEventListener("toggle", (event) => toggled(state, event), { signal, capture: true }); // does not bubble
  on(state.map, "click", (event) => jumpTo(state, event));
  for (const name of ["pointerover", "focusin"]) on(state.pane, name, ({ target }) => point(state, keyOf(target)));
  for (const name of ["pointerleave", "focusout"]) on(state.pane, name, () => point(state, keyOf(state.parent.activeElement)));
  on(state.units, "pointerover", ({ target }) => {
    showCards(state, target.closest('[aria-selected="true"] mark'), false);
    const segment = target.closest(".unit:not([data-apparatus]) .segment");
    if (segment && !state.dragged) armDrag(state, segment);
  });
  on(state.units, "pointerleave", () => { showCards(state, null, false); pointAway(state); });
  on(state.units, "pointermove", (event) => pointAt(state, event));
  on(state.pane, "pointerover", ({ target }) => pointInGloss(state, target));
  on(state.pane, "pointerleave", () => pointAway(state));
  on(state.units, "dragstart", (event) => dragStart(state, event));
  on(state.units, "dragover", (event) => dragOver(state, event));
  on(state.units, "drop", (event) => drop(state, event));
  on(state.units, "dragend", () => dragEnd(state));
  on(globalThis, "pagehide", () => keepPending(state, 0));
  let waiting = 0;
  const later = () => { waiting = waiting || requestAnimationFrame(() => { waiting = 0; see(state); }); };
  on(state.grid, "scroll", later);
  state.sizes = new ResizeObserver(later);
  state.sizes.observe(state.grid);
}

function keyOf(target) {
  const found = target && target.closest(".card");
  return found ? found.dataset.finding : null;
}

function click(state, { target }) {
  const button = target.closest("[data-do]");
  const chosen = target.closest(".unit");
  const elsewhere = target.closest("[data-goto]");
  const key = keyOf(target);
  if (elsewhere) select(state, elsewhere.dataset.goto, "jump");
  else if (button) ACTIONS[button.dataset.do](state, button);
  else if (key !== null) showWords(state, key);
  else if (chosen && !target.closest(".edit-form")) choose(state, chosen, target);
  else if (target === state.keys) state.keys.close(); // the ground around the list
}

// A click on a row selects its unit, and puts the cursor where it fell.
function choose(state, chosen, target) {
  select(state, chosen.dataset.unit, "");
  const cell = target.closest(".text");
  const segment = target.closest(".segment");
  if (cell) {
    placeCursor(state, cell.dataset.version, segment ? Number(segment.dataset.k) : 0);
    state.word = null;
    drawPane(state, false);
  }
  showCards(state, target.closest("mark"), true);
  if (target.closest(".gutter")) drawer(state, true);
}

function changed(state, { target }) {
  const { set } = target.dataset;
  if (["issue", "hop", "category"].includes(set)) setFilter(state, { [set]: target.value });
  else if (set === "above") setFilter(state, { above: Number(target.value) });
  else if (set === "colour") setView(state, { colour: target.value });
  else if (set === "system") chooseSystem(state, target.dataset.language, target.value);
  else if (set === "apparatus") setView(state, { apparatus: target.checked });
  else if (set === "column") {
    const hidden = target.checked ? state.view.hidden.filter((id) => id !== target.dataset.version) : [...state.view.hidden, target.dataset.version];
    if (hidden.length < state.model.all.length) return setView(state, { hidden });
    target.checked = true;
    return say(state, "One column has to stay.");
  } else if (target.closest('[data-form="note"]')) readDraft(state);
}

function typed(state, { target }) {
  if (target.dataset.set === "find") {
    state.find.query = target.value;
    clearTimeout(state.find.timer);
    state.find.timer = setTimeout(() => runFind(state), 120);
  } else if (target.closest('[data-form="note"]')) readDraft(state);
  else if (target.matches(".edit")) { fit(target); keepEdit(state); }
}

function submit(state, event) {
  const { form } = event.target.dataset;
  if (!form) return; // the list of keys closes by itself
  event.preventDefault();
  if (form === "note") saveNote(state);
  else if (form === "edit") saveEdit(state);
  else if (form === "reply") {
    const body = event.target.elements.reply.value.trim();
    if (!body) return say(state, "The reply is empty.");
    state.replying = null;
    command(state, "reply", { note: event.target.dataset.note, body });
    drawPane(state, false);
  }
}

// Remembers what is open, and asks for what it is to show.
function toggled(state, { target }) {
  const name = target.dataset.menu || target.dataset.ask;
  if (!name) return;
  if (target.open === state.opened.has(name)) return;
  if (target.open) state.opened.add(name);
  else state.opened.delete(name);
  if (target.open && target.dataset.ask) askAbout(state, name);
}

function jumpTo(state, event) {
  const box = state.marks.getBoundingClientRect();
  const { units } = state.model;
  const place = Math.floor(((event.clientY - box.top) / box.height) * units.length);
  const wanted = units[Math.min(units.length - 1, Math.max(0, place))];
  // The nearest one that the filter shows.
  const near = state.visible.reduce((best, unit) => (!best || Math.abs(units.indexOf(unit) - place) < Math.abs(units.indexOf(best) - place) ? unit : best), null);
  const id = state.visible.includes(wanted) ? wanted.id : near && near.id;
  if (id) select(state, id, "jump");
}
