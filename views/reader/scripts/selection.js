// Selection: which unit a person is at, how they move, and what lights up with it.

const LINGER = 4000; // ms that a message stays though the person moves on
const LONG = 70; // characters from which a message gets a line of its own
const SEND_AFTER = 150; // ms without a further move before Python hears of a selection

const at = (state, place) => (state.visible[place] || {}).id;
const placeOf = (state) => state.visible.findIndex((unit) => unit.id === state.selected);

// Selects at once; `how` is "near" (scroll as little as needed), "jump" (well into view) or "" (stay).
function select(state, id, how = "near", tell = true) {
  const old = state.rows.get(state.selected);
  const entry = state.rows.get(id);
  const moved = id !== state.selected;
  if (moved && tell && !state.linking && Date.now() - state.spoke > LINGER) say(state, "");
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
  else if (state.editing.theirs) leaveEdit(state); // kept, and asked about when the text is opened next
  else saveEdit(state);
}

function send(state) {
  address(state);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => {
    const line = globalThis[LINE] || {};
    if (!line.isHeld || !line.isHeld()) state.component.setStateValue("selected", state.selected);
  }, SEND_AFTER);
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
  node.toggleAttribute("data-long", words.length > LONG);
  state.spoke = Date.now();
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
