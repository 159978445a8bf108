// Putting a text right: a segment is edited in its place, cut in two, or joined to the next one.

const EDGE = 48; // px from an edge of the grid at which dragging scrolls it

const editsKey = (state) => `edit ${state.document} `;
const editKey = (state, { version, segment }) => `${editsKey(state)}${state.model.level} ${version} ${segment}`;

function beginEdit(state, typed = null) {
  const { model, cursor, selected } = state;
  const unit = model.unit[selected];
  const node = unit && segmentNode(state, selected, cursor.version, cursor.k);
  if (!node) return say(state, "There is no text on this side to edit; choose another column.");
  endEdit(state);
  const text = side(unit, cursor.version)[cursor.k].text;
  const version = model.version[cursor.version];
  const index = segmentIndex(unit, version.id, cursor.k);
  const area = el("textarea", { class: "edit", lang: version.language, "aria-label": `The ${version.name} text`, rows: 3 });
  area.value = typed === null ? text : typed;
  const last = index + 1 >= model.data.starts[version.id].length;
  const form = el("form", { class: "edit-form", "data-form": "edit" }, area, el("div", { class: "row" },
    el("button", { class: "choice primary" }, "Save", el("kbd", null, "⌃↵")),
    el("button", { type: "button", class: "choice plain", "data-do": "cancel-edit" }, "Cancel", el("kbd", null, "Esc")),
    el("button", { type: "button", class: "choice", "data-do": "cut-text", title: "Make two segments of this one, where the caret stands" }, "Cut at the caret"),
    !last && el("button", { type: "button", class: "choice", "data-do": "join-text", title: "Make one segment of this one and the next" }, "Join with the next")));
  state.editing = { unit: unit.id, version: version.id, k: cursor.k, segment: index, start: segmentStart(model, unit, version.id, cursor.k), seen: state.data.revision, text, form, node };
  node.hidden = true;
  node.after(form);
  fit(area);
  area.focus({ preventScroll: true });
  const { top } = form.getBoundingClientRect();
  const hidden = state.grid.getBoundingClientRect().top + state.head.offsetHeight + 8 - top;
  if (hidden > 0) state.grid.scrollTop -= hidden;
  if (typed === null) takeUp(state);
}

// Puts in what was typed into this text before and was neither saved nor given up.
async function takeUp(state) {
  const begun = state.editing;
  const left = (await kept(editKey(state, begun))).get(editKey(state, begun));
  const area = begun.form.querySelector("textarea");
  if (!left || state.editing !== begun || area.value !== begun.text) return;
  area.value = left.typed;
  fit(area);
  if (left.text !== begun.text) warnOfOther(state, begun.text);
}

function fit(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 4}px`;
}

function endEdit(state) {
  if (!state.editing) return;
  const anchor = hold(state);
  keep(editKey(state, state.editing), null);
  leaveEdit(state);
  restore(state, anchor);
}

// Takes the form away with its text; what was typed stays kept, and comes back with the text.
function leaveEdit(state) {
  const { form, node } = state.editing;
  state.editing = null;
  form.remove();
  node.hidden = false;
}

// Gives up what was typed, when that was said twice.
function cancelEdit(state) {
  const { form, text, warned } = state.editing;
  if (form.querySelector("textarea").value.trim() !== text && !warned) {
    state.editing.warned = true;
    return say(state, "Press Esc once more to give up what you typed, or Ctrl+Enter to save it.");
  }
  endEdit(state);
  say(state, "");
  return keepFocus(state, true);
}

// What is typed outlives the page, until it is saved or given up.
function keepEdit(state) {
  const { unit, version, k, text, form } = state.editing;
  const typed = form.querySelector("textarea").value;
  keep(editKey(state, state.editing), typed === text ? null : { unit, version, k, text, typed, level: state.model.level });
}

// Brings back what was typed into a text and not saved before the page was closed.
function resumeEdit(state, { unit, version, k, text, typed, level }) {
  if (level !== state.model.level) return;
  const segment = state.model.unit[unit] && side(state.model.unit[unit], version)[k];
  if (!segment) return say(state, `The text you were editing when the page was closed is not there any more. You had typed: ${typed}`, true);
  select(state, unit, "jump");
  placeCursor(state, version, k);
  beginEdit(state, typed);
  if (segment.text !== text) return warnOfOther(state, segment.text);
  return say(state, "This text was being edited when the page was closed; it is not saved yet.");
}

// The row was drawn anew under what is being typed: it is laid before the person again, whatever the others did to the text.
function carryEdit(state) {
  const { unit, version, k, text, form } = state.editing;
  const typed = form.querySelector("textarea").value;
  state.editing = null;
  const segment = state.model.unit[unit] && side(state.model.unit[unit], version)[k];
  if (!segment) return say(state, `The text you were editing is not there any more. You had typed: ${typed}`, true);
  select(state, unit, "");
  placeCursor(state, version, k);
  beginEdit(state, typed);
  keepEdit(state);
  return segment.text === text ? null : warnOfOther(state, segment.text);
}

// Somebody else changed the text that is being edited: it is for the person to say whose is to stand.
function warnOfOther(state, now) {
  const { form, version } = state.editing;
  state.editing.theirs = true;
  form.prepend(el("p", { class: "theirs" }, "Somebody changed this text meanwhile. It reads now:", el("q", { lang: state.model.version[version].language }, now)));
  form.querySelector(".primary").replaceChildren("Put mine in its place");
  form.querySelector('[data-do="cancel-edit"]').replaceChildren("Keep theirs");
  say(state, "Somebody changed this text meanwhile; yours is not saved yet.", true);
}

// By a key the text of another is not replaced: the button has to be pressed.
function saveEdit(state, pressed = false) {
  const { version, segment, start, seen, text, form, k, unit, theirs } = state.editing;
  if (theirs && !pressed) {
    intoView(state, form.querySelector(".theirs").getBoundingClientRect());
    return say(state, "Somebody changed this text meanwhile: choose which is to stand.", true);
  }
  const typed = form.querySelector("textarea").value;
  endEdit(state);
  keepFocus(state, true);
  if (typed.trim() === text) return say(state, "Nothing was changed.");
  command(state, "edit", { version, segment, start, seen, text: typed }, { typed: { unit, version, k, was: text, text: typed } });
}

function cutText(state) {
  const { version, segment, start, seen, text, form } = state.editing;
  const area = form.querySelector("textarea");
  if (area.value !== text) return say(state, "Save what you changed first, then cut.");
  const offset = points(text, area.selectionStart);
  endEdit(state);
  keepFocus(state, true);
  command(state, "cut", { version, segment, start, seen, offset });
}

function joinText(state) {
  const { version, segment, text, form } = state.editing;
  if (form.querySelector("textarea").value !== text) return say(state, "Save what you changed first, then join.");
  endEdit(state);
  keepFocus(state, true);
  command(state, "join", { version, segment: segment + 1, start: state.model.data.starts[version][segment + 1] });
}

// A refused edit: what was typed is laid before the person again, at once or when the text is opened next.
function reopenEdit(state, { typed, values, level }) {
  const { unit, version, k, was, text } = typed;
  keep(`${editsKey(state)}${level} ${version} ${values.segment}`, { unit, version, k, text: was, typed: text, level });
  if (state.editing || level !== state.model.level || !state.rows.has(unit)) return;
  select(state, unit, "near");
  placeCursor(state, version, k);
  beginEdit(state, text);
  keepEdit(state);
  const segment = side(state.model.unit[unit], version)[state.cursor.k];
  if (segment && segment.text !== was) warnOfOther(state, segment.text);
}

// ---- dragging -------------------------------------------------------------------------------

// A segment is dragged by its handle, so that its words can still be selected.
function armDrag(state, node) {
  if (state.handle && state.handle.parentElement === node) return;
  if (state.handle) state.handle.remove();
  state.handle = el("span", { class: "handle", draggable: "true", title: "Drag this segment to another unit", "aria-hidden": "true" });
  node.prepend(state.handle);
}

function dragStart(state, event) {
  const node = event.target.closest && event.target.closest(".segment");
  if (!node || event.target !== state.handle) return;
  const unit = state.model.unit[node.closest(".unit").dataset.unit];
  const { version, k } = node.dataset;
  state.dragged = { unit: unit.id, version, segment: segmentIndex(unit, version, Number(k)), start: segmentStart(state.model, unit, version, Number(k)), seen: state.data.revision };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", node.textContent.slice(0, 200));
  event.dataTransfer.setDragImage(node, 0, 0);
  node.dataset.dragged = "yes";
}

function dragOver(state, event) {
  if (state.dragged) scrollAtEdge(state, event.clientY);
  const over = state.dragged && event.target.closest && event.target.closest(".unit");
  for (const old of state.units.querySelectorAll(".drop")) if (old !== over) old.classList.remove("drop");
  if (!over || over.dataset.unit === state.dragged.unit || over.dataset.apparatus) return;
  event.preventDefault();
  over.classList.add("drop");
}

// Near its upper or lower edge the grid goes on, so that a unit out of view can be reached.
function scrollAtEdge({ grid, head }, y) {
  const frame = grid.getBoundingClientRect();
  if (y > frame.bottom - EDGE) grid.scrollTop += EDGE / 6;
  else if (y < frame.top + head.offsetHeight + EDGE) grid.scrollTop -= EDGE / 6;
}

function drop(state, event) {
  const over = state.dragged && event.target.closest && event.target.closest(".unit");
  if (!over || over.dataset.apparatus) return;
  event.preventDefault();
  const { version, segment, start, seen } = state.dragged;
  if (over.dataset.unit !== state.dragged.unit) command(state, "move", { version, segment, start, seen, unit: over.dataset.unit });
  dragEnd(state);
}

function dragEnd(state) {
  state.dragged = null;
  for (const old of state.units.querySelectorAll(".drop, [data-dragged]")) { old.classList.remove("drop"); delete old.dataset.dragged; }
}
