// The reader: one state a mounted element, what changes it, and what listens.
// Streamlit calls the default export again after every rerun, so the page is patched and never rebuilt.

const STATES = new WeakMap();
const SEND_AFTER = 150; // ms without a further move before Python hears of a selection

const TYPING = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable=''], [contenteditable=true], [role=textbox], [role=combobox]";
const MOVING = "input, [role=radio], [role=tab], [role=slider], [role=menuitem], [role=option], [role=grid], canvas"; // move by arrows themselves

// What each key does, by place on the keyboard (`code`), so that it works in any layout.
const KEYS = [
  { codes: ["ArrowDown", "KeyJ"], shown: ["↓", "j"], does: "next", title: "next unit" },
  { codes: ["ArrowUp", "KeyK"], shown: ["↑", "k"], does: "previous", title: "previous unit" },
  { codes: ["Home"], shown: ["Home"], does: "first", title: "first unit" },
  { codes: ["End"], shown: ["End"], does: "last", title: "last unit" },
  { codes: ["F8"], shown: ["F8"], does: "next-alarm", title: "next unit with an alarm" },
  { codes: ["F8"], shift: true, shown: ["Shift F8"], does: "previous-alarm", title: "previous unit with an alarm" },
  { codes: ["Slash"], shift: true, shown: ["?"], does: "keys", title: "this list" },
  { codes: ["Escape"], shown: ["Esc"], does: "close", title: "close the list, or the details on a narrow page" },
];

const ACTIONS = {
  next: (state) => move(state, 1),
  previous: (state) => move(state, -1),
  first: (state) => select(state, at(state, 0), "jump"),
  last: (state) => select(state, at(state, state.model.units.length - 1), "jump"),
  "next-alarm": (state) => seek(state, 1),
  "previous-alarm": (state) => seek(state, -1),
  keys: (state) => (state.keys.open ? state.keys.close() : state.keys.showModal()),
  drawer: (state) => drawer(state, !state.root.dataset.drawer),
  close: (state) => (state.keys.open ? state.keys.close() : drawer(state, false)),
};

export default function reader(component) {
  let state = STATES.get(component.parentElement);
  if (state && !state.root.isConnected) unmount(component.parentElement, state); // the page was built anew under us
  if (!STATES.has(component.parentElement)) state = mount(component.parentElement);
  state.component = component;
  const turn = (state.turn += 1);
  follow(state, component.data.height);
  if (state.page !== component.data.page) update(state, component.data.page); // a change of theme brings the same page
  // Streamlit may run the cleanup of an overtaken call while a later one is in charge.
  return () => turn === state.turn && unmount(component.parentElement, state);
}

// ---- mounting -------------------------------------------------------------------------------

function mount(parent) {
  const root = parent.querySelector(".reader");
  const part = (name) => root.querySelector(`.${name}`);
  const state = { parent, root, turn: 0, rows: new Map(), asked: null, selected: null, off: new AbortController(),
    grid: part("grid"), head: part("head"), units: part("units"), pane: part("pane"), keys: root.querySelector("dialog"),
    map: part("map"), marks: part("marks"), view: part("view"), here: part("here") };
  STATES.set(parent, state);
  for (const list of [state.units, state.marks]) list.replaceChildren(); // left over when mounted a second time
  state.keys.replaceChildren(...keyList());
  listen(state);
  return state;
}

function unmount(parent, state) {
  state.off.abort();
  state.sizes.disconnect();
  clearTimeout(state.timer);
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

function update(state, page) {
  const data = JSON.parse(page);
  const anchor = hold(state);
  const before = state.model && state.model.units.findIndex((unit) => unit.id === state.selected);
  state.page = page;
  state.model = model(data);
  drawHead(state);
  patchRows(state);
  drawMap(state);
  drawStatus(state);
  const wanted = wantedBy(state, data.selected);
  const start = state.model.units.findIndex((unit) => !unit.apparatus); // front matter lies above, one scroll away
  const kept = state.rows.has(state.selected) ? state.selected
    : at(state, before >= 0 ? Math.min(before, state.model.units.length - 1) : Math.max(0, start));
  if (wanted) select(state, wanted, "jump"); // told back, so that Python holds what is shown
  else {
    select(state, kept, kept === state.selected ? "" : "jump", before >= 0 && kept !== state.selected);
    restore(state, anchor);
  }
  see(state);
}

// The unit Python asks for, once for each request: a rerun for another reason must not pull the reader back.
function wantedBy(state, request) {
  if (!request || request.turn === state.asked) return null;
  state.asked = request.turn;
  return state.rows.has(request.unit) ? request.unit : null;
}

function drawHead(state) {
  const { model, head, root } = state;
  const frame = JSON.stringify([model.versions, model.hops, model.metrics, model.level]);
  if (frame === state.frame) return;
  state.frame = frame;
  state.rows.clear();
  head.replaceChildren(...headParts(model));
  const columns = model.versions.map((_, place) =>
    (place ? `var(--${model.gutters[place - 1] ? "gutter" : "gap"}) ` : "") + "minmax(var(--least), 1fr)");
  state.grid.style.setProperty("--columns", `var(--numbers) ${columns.join(" ")}`);
  root.dataset.versions = model.versions.length;
  root.dataset.level = model.level;
}

// Rows are known by unit id and built again only when their unit changed.
function patchRows(state) {
  const old = state.rows;
  state.rows = new Map();
  let next = state.units.firstChild;
  for (const unit of state.model.units) {
    const signature = JSON.stringify(unit);
    let entry = old.get(unit.id);
    if (!entry || entry.signature !== signature) {
      const made = row(state.model, unit);
      if (entry && entry.node === next) next = next.nextSibling;
      if (entry) entry.node.replaceWith(made);
      entry = { node: made, signature };
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
  state.root.toggleAttribute("data-empty", !state.model.units.length);
}

function drawMap(state) {
  const { units } = state.model;
  state.marks.replaceChildren(...units.map((unit, place) => mapMark(state.model, unit, place)));
  state.map.style.setProperty("--units", units.length || 1);
}

function drawStatus(state) {
  const { model, root } = state;
  const count = (number, one, many) => [el("b", null, String(number)), ` ${number === 1 ? one : many}`];
  const body = model.units.filter((unit) => !unit.apparatus);
  const alarms = body.filter((unit) => hasAlarm(model, unit)).length;
  root.querySelector(".counts").replaceChildren(
    el("span", null, count(body.length, "unit", "units")),
    el("span", { title: "units with no counterpart in at least one version" },
      count(body.filter((unit) => lacksSide(model, unit)).length, "one-sided", "one-sided")));
  root.querySelector(".alarms").replaceChildren(...count(alarms, "with an alarm", "with alarms"), ", next ", el("kbd", null, "F8"));
  root.querySelector(".placeholders").textContent = placeholderLine(model, () => true);
}

function keyList() {
  return [el("h3", null, "Keys"), el("dl", null, KEYS.map((key) => el("div", null,
    el("dt", null, key.shown.map((name) => el("kbd", null, name))), el("dd", null, key.title)))),
  el("form", { method: "dialog" }, el("button", null, "Close"))];
}

// ---- selection ------------------------------------------------------------------------------

const at = (state, place) => (state.model.units[place] || {}).id;
const placeOf = (state) => state.model.units.findIndex((unit) => unit.id === state.selected);

// Selects at once; `how` is "near" (scroll as little as needed), "jump" (well into view) or "" (stay).
function select(state, id, how = "near", tell = true) {
  const old = state.rows.get(state.selected);
  const entry = state.rows.get(id);
  const moved = id !== state.selected;
  state.selected = entry ? id : null;
  for (const [each, on] of [[old, false], [entry, true]]) {
    if (!each) continue;
    each.node.setAttribute("aria-selected", String(on));
    each.node.tabIndex = on ? 0 : -1;
    each.node.classList.remove("pointing");
  }
  drawPane(state, moved);
  const place = placeOf(state);
  state.here.style.setProperty("--place", Math.max(0, place) / (state.model.units.length || 1));
  if (entry && how) reveal(state, id, how);
  if (entry && moved && tell) send(state);
}

function send(state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => state.component.setStateValue("selected", state.selected), SEND_AFTER);
}

function drawPane(state, moved) {
  const inside = state.pane.contains(state.parent.activeElement);
  const scroll = state.pane.scrollTop;
  const entry = state.rows.get(state.selected);
  const does = inside && state.parent.activeElement.dataset.do;
  state.pane.replaceChildren(...paneParts(state.model, entry && entry.unit));
  state.pane.scrollTop = moved ? 0 : scroll;
  // The button in use is a new one now: hand the focus on, so that it does not fall out of the reader.
  if (inside) (state.pane.querySelector(`[data-do="${does}"]`) || state.pane).focus({ preventScroll: true });
}

function move(state, by) {
  const last = state.model.units.length - 1;
  const id = at(state, Math.min(last, Math.max(0, placeOf(state) + by)));
  if (id) select(state, id);
  keepFocus(state);
}

function seek(state, by) {
  const { units } = state.model;
  const from = placeOf(state);
  say(state, "");
  for (let turn = 1; turn <= units.length; turn += 1) {
    const place = (((from + by * turn) % units.length) + units.length) % units.length;
    if (!hasAlarm(state.model, units[place])) continue;
    if ((place - from) * by <= 0) say(state, by > 0 ? "went on from the start" : "went on from the end");
    select(state, units[place].id, "jump");
    return keepFocus(state);
  }
  say(state, "no unit has an alarm");
}

function say(state, words) {
  state.root.querySelector(".said").textContent = words;
}

// Focus goes along with the selection while it is in the grid or nowhere, never out of another control.
function keepFocus(state) {
  const entry = state.rows.get(state.selected);
  const nowhere = document.activeElement === document.body;
  if (entry && (nowhere || state.grid.contains(state.parent.activeElement))) entry.node.focus({ preventScroll: true });
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

// ---- words and cards ------------------------------------------------------------------------

function marksOf(state, key) {
  const entry = state.rows.get(state.selected);
  return entry ? [...entry.node.querySelectorAll("mark")].filter((mark) => mark.dataset.findings.split(" ").includes(key)) : [];
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
  const { grid, head } = state;
  const frame = grid.getBoundingClientRect();
  const box = mark.getBoundingClientRect();
  if (box.top < frame.top + head.offsetHeight || box.bottom > frame.bottom) grid.scrollTop += box.top - frame.top - frame.height / 3;
  if (box.left < frame.left || box.right > frame.right) grid.scrollLeft += box.left - frame.left - frame.width / 3;
}

// The other way round: words in the text light up their cards.
function showCards(state, mark, scroll) {
  const keys = mark ? mark.dataset.findings.split(" ") : [];
  const cards = [...state.pane.querySelectorAll(".card")];
  for (const each of cards) each.classList.toggle("lit", keys.includes(each.dataset.finding));
  const first = cards.find((each) => each.classList.contains("lit"));
  if (first && scroll) state.pane.scrollTop = first.offsetTop - state.pane.clientHeight / 3;
}

// ---- events ---------------------------------------------------------------------------------

function listen(state) {
  const { signal } = state.off;
  const on = (node, name, act) => node.addEventListener(name, act, { signal });
  on(document, "keydown", (event) => press(state, event));
  on(state.root, "click", (event) => click(state, event));
  on(state.map, "click", (event) => jumpTo(state, event));
  for (const name of ["pointerover", "focusin"]) on(state.pane, name, ({ target }) => point(state, keyOf(target)));
  for (const name of ["pointerleave", "focusout"]) on(state.pane, name, () => point(state, keyOf(state.parent.activeElement)));
  on(state.units, "pointerover", ({ target }) => showCards(state, target.closest('[aria-selected="true"] mark'), false));
  on(state.units, "pointerleave", () => showCards(state, null, false));
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
  else if (button) ACTIONS[button.dataset.do](state);
  else if (key !== null) showWords(state, key);
  else if (chosen) {
    select(state, chosen.dataset.unit, "");
    showCards(state, target.closest("mark"), true);
    if (target.closest(".gutter")) drawer(state, true);
  } else if (target === state.keys) state.keys.close(); // the ground around the list
}

function jumpTo(state, event) {
  const box = state.marks.getBoundingClientRect();
  const place = Math.floor(((event.clientY - box.top) / box.height) * state.model.units.length);
  const id = at(state, Math.min(state.model.units.length - 1, Math.max(0, place)));
  if (id) select(state, id, "jump");
}

// Keys reach the document, because the focus falls back to the body after a rerun.
function press(state, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || !state.model) return;
  const key = KEYS.find((each) => each.codes.includes(event.code) && Boolean(each.shift) === event.shiftKey)
    || (event.key === "?" && KEYS.find((each) => each.does === "keys")); // where "?" stands on another key
  if (!key || !isFree(state, event, key)) return;
  event.preventDefault();
  event.stopPropagation();
  ACTIONS[key.does](state);
}

// False where the key belongs to something else: typing, an open dialog, a control that moves by arrows.
function isFree(state, event, key) {
  const from = event.composedPath()[0];
  if (!(from instanceof Element)) return true;
  if (from.closest(TYPING)) return false;
  if (state.keys.open) return key.does === "keys"; // the browser itself closes a dialog on Escape
  if (document.querySelector("[role=dialog], [role=alertdialog], dialog[open]")) return false;
  if (key.does === "close") return Boolean(state.root.dataset.drawer);
  const moves = /^(Arrow|Home|End)/.test(event.code);
  if (moves && state.pane.contains(from)) return false; // there they scroll
  return !moves || state.root.contains(from) || !from.closest(MOVING);
}
