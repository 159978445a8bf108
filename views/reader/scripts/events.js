// Events: what listens, and what a click, a choice or a letter leads to.

function listen(state) {
  const { signal } = state.off;
  const on = (node, name, act) => node.addEventListener(name, act, { signal });
  on(document, "keydown", (event) => press(state, event));
  on(state.root, "click", (event) => click(state, event));
  // A press on these must not let go of the selected words.
  on(state.root, "mousedown", (event) => event.target.closest('[data-do="note"], [data-do="add-words"]') && event.preventDefault());
  on(state.units, "mousedown", ({ target }) => keepToColumn(state, target.closest(".text")));
  on(state.root, "change", (event) => changed(state, event));
  on(state.root, "focusin", ({ target }) => { state.focused = target; });
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
  state.covers = new MutationObserver(() => uncover(state));
  state.covers.observe(document.body, { childList: true });
  on(globalThis, "pagehide", () => keepPending(state, 0));
  let waiting = 0;
  const later = () => { waiting = waiting || requestAnimationFrame(() => { waiting = 0; see(state); }); };
  on(state.grid, "scroll", later);
  state.sizes = new ResizeObserver(later);
  state.sizes.observe(state.grid);
}

// Streamlit covers the page when the server cannot be reached, and names a command that is not ours. The status line says it
// as well, and the work goes on: what is done is kept.
function uncover(state) {
  if (isConnected()) return;
  const cover = [...document.querySelectorAll("[role=dialog]")].find((each) => each.textContent.includes("Connection error"));
  const close = cover && cover.querySelector("button[aria-label=Close]");
  if (!close) return;
  close.click();
  if (state.focused) giveBack(state.focused, cover, 40);
}

// The cover keeps the focus until it is gone, and then leaves it nowhere.
function giveBack(active, cover, turns) {
  if (cover.isConnected && turns) setTimeout(() => giveBack(active, cover, turns - 1), 25);
  else setTimeout(() => active.isConnected && document.activeElement === document.body && active.focus({ preventScroll: true }), 25);
}

// Words are selected down one column, as they are read, and not across to the next.
function keepToColumn(state, cell) {
  if (cell) state.units.dataset.column = cell.dataset.column;
  else delete state.units.dataset.column;
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
  } else if (target.closest('[data-form="note"]')) { state.cancelling = false; readDraft(state); }
  else if (target.matches(".edit")) { state.editing.warned = false; fit(target); keepEdit(state); }
}

function submit(state, event) {
  const { form } = event.target.dataset;
  if (!form) return; // the list of keys closes by itself
  event.preventDefault();
  if (form === "note") saveNote(state);
  else if (form === "edit") saveEdit(state, Boolean(event.submitter));
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
