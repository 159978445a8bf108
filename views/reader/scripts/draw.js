// Drawing: from what the server says to the page. What did not change stays as it is, with its place and its focus.

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
    const here = state.data && !other && state.data.frame.level === data.frame.level;
    if (state.editing && !here) leaveEdit(state);
    if (!same) state.queue.asks.clear();
    state.data = merged(null, data);
  }
  const wanted = wantedBy(state, asked);
  if (wanted && state.data.units[wanted].apparatus) state.view = { ...state.view, apparatus: true };
  redraw(state, wanted, same ? 0 : SETTLE);
  address(state);
  resume(state, other);
}

// Brings back what was being written when the page was closed.
async function resume(state, other) {
  if (other) {
    const draft = (await kept(draftKey(state))).get(draftKey(state));
    if (draft && !state.draft) {
      const { returned, ...begun } = draft;
      state.returned = returned || [];
      setDraft(state, begun, false);
      say(state, "A note was being written when the page was closed; it stands in the details, and is not saved yet.");
    }
  }
  const edit = [...(await kept(editsKey(state))).values()].find(({ level }) => level === state.model.level);
  if (edit && !state.editing) resumeEdit(state, edit);
}

// Takes in what changed on the server.
function patch(state, changes) {
  const nothing = changes.turn === state.data.turn && changes.epoch === state.data.epoch;
  if (nothing && changes.revision === state.data.revision && changes.stale === state.data.stale) return;
  state.data = merged(state.data, changes);
  if (!nothing) redraw(state);
}

// Draws what is different from before; the selection and the place on the page stay. Where all rows are new, their heights
// change in the next frames: the place is then brought back that often.
function redraw(state, wanted = null, repeats = 0) {
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
    restore(state, anchor, repeats);
  }
  if (state.editing && !state.editing.form.isConnected) carryEdit(state);
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

// Remembers what stands open before it is drawn anew: the browser tells of it a moment later than it shows it.
function noteOpen(state, part) {
  for (const node of part.querySelectorAll("details")) {
    const name = node.dataset.menu || node.dataset.ask;
    if (!name || node.open === state.opened.has(name)) continue;
    toggled(state, { target: node });
  }
}

// The bar is drawn again only as a whole, and the control in use keeps the focus and what is typed.
function drawBar(state) {
  noteOpen(state, state.bar);
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

// True while the server is at work on this page, as when a document is aligned: it is slow to answer, but it is there.
function isBusy() {
  const app = document.querySelector("[data-test-script-state]");
  return Boolean(app) && app.dataset.testScriptState === "running" && isConnected();
}

function isConnected() {
  const app = document.querySelector("[data-test-connection-state]");
  return !app || app.dataset.testConnectionState === "CONNECTED";
}

// What waits for the server is not drawn before the server did it; its units say that something waits.
function markPending(state, pending) {
  const ids = new Set(pending.flatMap((one) => concerned(state, one.values)));
  for (const [id, { node }] of state.rows) if (ids.has(id) !== node.hasAttribute("data-pending")) node.toggleAttribute("data-pending", ids.has(id));
}

// The units that the values of a command are about.
function concerned(state, values) {
  const places = [values, ...(values.cuts || []), ...(values.anchors || [])].filter((one) => one.version !== undefined);
  return [values.unit, ...(values.units || []), (values.suggested || {}).unit, ...places.map((one) => holding(state.model, one))].filter(Boolean);
}

// Says whether the server has everything, and what undo would take back.
function drawSaved(state) {
  const { queue, root, turns } = state;
  const node = root.querySelector(".saved");
  const lost = queue.errors > 1 && !isBusy();
  const safe = queue.stored >= queue.number ? ", kept in this browser" : "";
  node.textContent = queue.pending.length ? (lost ? `no connection · not saved yet: ${queue.pending.length}${safe}` : "saving …")
    : lost ? "no connection" : state.saved ? `saved ${clock(state.saved)}` : "";
  node.title = lost ? "The server cannot be reached. If it was stopped, start it again; this page goes on by itself, and what you do meanwhile is kept." : "";
  markPending(state, lost ? queue.pending : []);
  const { stale } = state.data || {};
  if (stale && !lost) node.textContent += `${node.textContent && " · "}measuring ${stale} ${stale === 1 ? "unit" : "units"} again`;
  node.toggleAttribute("data-lost", lost);
  for (const turn of ["undo", "redo"]) {
    const button = root.querySelector(`.status [data-do="${turn}"]`);
    // Null until the server has told.
    button.setAttribute("aria-disabled", String(turns[turn] === "" && !queue.pending.length));
    button.title = turns[turn] ? `${turn === "undo" ? "Take back" : "Do again"}: ${turns[turn]}` : turns[turn] === "" ? `Nothing to ${turn}` : "";
  }
}

function drawPane(state, moved) {
  noteOpen(state, state.pane);
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
  const row = (state.rows.get(state.selected) || {}).node;
  // A button that is gone leaves the focus to the unit, so that the arrows move on from there.
  (same || sameControl(state, active) || (active.tagName === "BUTTON" || moved ? row : null) || state.pane).focus({ preventScroll: true });
  if (same && field && field.from !== null && same.setSelectionRange && same.tagName !== "SELECT") same.setSelectionRange(field.from, field.to);
}

// The heading of a section, or a choice in it, in the pane as it is drawn now.
function sameControl(state, { tagName, parentElement, dataset }) {
  const [set, language] = [dataset.set, dataset.language].map((name) => CSS.escape(name || ""));
  if (tagName === "SUMMARY") return state.pane.querySelector(`[data-ask="${CSS.escape(parentElement.dataset.ask || "")}"] summary`);
  return dataset.set && state.pane.querySelector(`[data-set="${set}"][data-language="${language}"]`);
}
