// What can be done, by key, by button and by drag. Keys are known by their place on the keyboard (`code`), so that they
// work in any layout.

const KEYS = [
  { codes: ["ArrowDown", "KeyJ"], shown: ["↓", "j"], does: "next", title: "next unit" },
  { codes: ["ArrowUp", "KeyK"], shown: ["↑", "k"], does: "previous", title: "previous unit" },
  { codes: ["ArrowRight"], shown: ["→"], does: "right", title: "next column" },
  { codes: ["ArrowLeft"], shown: ["←"], does: "left", title: "previous column" },
  { codes: ["ArrowDown"], shift: true, shown: ["⇧↓"], does: "segment-down", title: "next segment of this side" },
  { codes: ["ArrowUp"], shift: true, shown: ["⇧↑"], does: "segment-up", title: "previous segment of this side" },
  { codes: ["Home"], shown: ["Home"], does: "first", title: "first unit" },
  { codes: ["End"], shown: ["End"], does: "last", title: "last unit" },
  { codes: ["F8"], shown: ["F8"], does: "next-doubt", title: "next doubtful unit" },
  { codes: ["F8"], shift: true, shown: ["⇧F8"], does: "previous-doubt", title: "previous doubtful unit" },
  { codes: ["KeyS"], shown: ["S"], does: "confirm", title: "confirm, or take it back", group: "Deciding" },
  { codes: ["KeyS"], shift: true, shown: ["⇧S"], does: "discuss", title: "needs discussion", group: "Deciding" },
  { codes: ["Digit1"], shown: ["1"], does: "shift", title: "this issue is a shift", group: "Deciding" },
  { codes: ["Digit2"], shown: ["2"], does: "error", title: "this issue is an error", group: "Deciding" },
  { codes: ["Digit3"], shown: ["3"], does: "dismiss", title: "dismiss this issue", group: "Deciding" },
  { codes: ["KeyM"], shown: ["M"], does: "bookmark", title: "bookmark", group: "Deciding" },
  { codes: ["Enter"], shown: ["↵"], does: "split", title: "move the rest of this side down (split)", group: "Alignment" },
  { codes: ["Backspace"], shown: ["⌫"], does: "side-up", title: "move this side to the unit above", group: "Alignment" },
  { codes: ["ArrowUp"], ctrl: true, shown: ["Ctrl ↑"], does: "shift-up", title: "shift the first segment up", group: "Alignment" },
  { codes: ["ArrowDown"], ctrl: true, shown: ["Ctrl ↓"], does: "push-down", title: "push the last segment down", group: "Alignment" },
  { codes: ["Enter"], ctrl: true, shown: ["Ctrl ↵"], does: "empty", title: "insert an empty side", group: "Alignment" },
  { codes: ["Backspace"], ctrl: true, shown: ["Ctrl ⌫"], does: "merge-up", title: "merge with the unit above", group: "Alignment" },
  { codes: ["Delete"], ctrl: true, shown: ["Ctrl ⌦"], does: "merge-down", title: "merge with the unit below", group: "Alignment" },
  { codes: ["KeyL"], shown: ["L"], does: "link", title: "link two units as moved: here, then there", group: "Alignment" },
  { codes: ["KeyE"], shown: ["E"], does: "edit", title: "edit the text", group: "Alignment" },
  { codes: ["KeyW"], shown: ["W"], does: "word", title: "select the next word, and light up its counterparts (⇧: more)", group: "Words and notes" },
  { codes: ["KeyB"], shown: ["B"], does: "word-back", title: "select the word before (⇧: more)", group: "Words and notes" },
  { codes: ["KeyW"], shift: true, does: "word-more" },
  { codes: ["KeyB"], shift: true, does: "word-more-back" },
  { codes: ["Space"], shown: ["Space"], does: "add-words", title: "hold the selected words for a note", group: "Words and notes" },
  { codes: ["KeyN"], shown: ["N"], does: "note", title: "write a note on them", group: "Words and notes" },
  { codes: ["KeyA"], shown: ["A"], does: "suggest", title: "keep this issue as a note", group: "Words and notes" },
  { codes: ["Slash", "F3"], shown: ["/", "F3"], does: "find", title: "find; F3 goes on", group: "The page" },
  { codes: ["F3"], shift: true, does: "find-previous" },
  { codes: ["KeyZ"], ctrl: true, shown: ["Ctrl Z"], does: "undo", title: "undo", group: "The page" },
  { codes: ["KeyZ"], ctrl: true, shift: true, shown: ["Ctrl ⇧Z"], does: "redo", title: "redo", group: "The page" },
  { codes: ["KeyY"], ctrl: true, does: "redo" },
  { codes: ["Slash"], shift: true, shown: ["?"], does: "keys", title: "this list", group: "The page" },
  { codes: ["Escape"], shown: ["Esc"], does: "close", title: "close, cancel, let go", group: "The page" },
];

const ACTIONS = {
  next: (state) => move(state, 1),
  previous: (state) => move(state, -1),
  right: (state) => moveColumn(state, 1),
  left: (state) => moveColumn(state, -1),
  "segment-down": (state) => moveSegment(state, 1),
  "segment-up": (state) => moveSegment(state, -1),
  first: (state) => select(state, at(state, 0), "jump"),
  last: (state) => select(state, at(state, state.visible.length - 1), "jump"),
  "next-doubt": (state) => seek(state, 1),
  "previous-doubt": (state) => seek(state, -1),
  confirm: (state) => onBody(state, (unit) => command(state, "confirm", { units: [unit.id], status: unit.status === "confirmed" ? "unconfirmed" : "confirmed" })),
  discuss: (state) => onBody(state, (unit) => command(state, "confirm", { units: [unit.id], status: unit.status === "needs discussion" ? "unconfirmed" : "needs discussion" })),
  shift: (state) => judge(state, "shift"),
  error: (state) => judge(state, "error"),
  dismiss: (state) => judge(state, "dismissed"),
  verdict: (state, { dataset }) => judge(state, dataset.verdict, dataset),
  bookmark: (state) => onBody(state, (unit) => command(state, "bookmark", { unit: unit.id, on: !unit.marked })),
  split: (state) => onSide(state, splitHere),
  "side-up": (state) => onSide(state, (unit, count) => moveSegments(state, unit, count - 1, neighbour(state, unit, -1))),
  "shift-up": (state) => onSide(state, (unit) => moveSegments(state, unit, 0, neighbour(state, unit, -1))),
  "push-down": (state) => onSide(state, (unit, count) => moveSegments(state, unit, count - 1, neighbour(state, unit, 1))),
  empty: (state) => onSide(state, (unit) => command(state, "split", { cuts: [cut(state, unit, 0)], alone: true })),
  "merge-up": (state) => onBody(state, (unit) => command(state, "merge", { unit: unit.id, with: "above" })),
  "merge-down": (state) => onBody(state, (unit) => command(state, "merge", { unit: unit.id, with: "below" })),
  "take-up": (state) => takeIn(state, -1),
  "take-down": (state) => takeIn(state, 1),
  link: (state) => onBody(state, (unit) => linkUnits(state, unit)),
  unlink: (state, { dataset }) => onBody(state, (unit) => command(state, "unlink", { unit: unit.id, other: dataset.other })),
  "realign-between": (state) => onBody(state, (unit) => realignBetween(state, unit)),
  "realign-to": (state) => onBody(state, (unit) => realignTo(state, unit)),
  edit: (state) => beginEdit(state),
  "cancel-edit": (state, button) => { if (button) state.editing.warned = true; cancelEdit(state); },
  "cut-text": cutText,
  "join-text": joinText,
  word: (state) => moveWord(state, 1, false),
  "word-back": (state) => moveWord(state, -1, false),
  "word-more": (state) => moveWord(state, 1, true),
  "word-more-back": (state) => moveWord(state, -1, true),
  note: beginNote,
  "add-words": addWords,
  "drop-words": (state, { dataset }) => { readDraft(state); setDraft(state, { ...state.draft, anchors: state.draft.anchors.filter((_, place) => place !== Number(dataset.place)) }); },
  "cancel-note": cancelNote,
  "edit-note": (state, { dataset }) => editNote(state, dataset.note),
  "remove-note": (state, { dataset }) => command(state, "remove note", { note: dataset.note }),
  settle: (state, { dataset }) => command(state, "change note", { note: dataset.note, state: "settled" }),
  reply: (state, { dataset }) => { state.replying = dataset.note; drawPane(state, false); state.pane.querySelector(".reply-form textarea").focus(); },
  "cancel-reply": (state) => { state.replying = null; drawPane(state, false); },
  suggest: (state, button) => suggest(state, button && button.dataset.issue ? button.dataset : null),
  find: (state) => (state.find.query && state.find.hits.length && state.lastKey === "F3" ? nextHit(state, 1) : focusFind(state)),
  "find-next": (state) => nextHit(state, 1),
  "find-previous": (state) => nextHit(state, -1),
  filter: (state, { dataset }) => setFilter(state, { [dataset.filter]: !state.filter[dataset.filter] }),
  clear: (state) => setFilter(state, NO_FILTER),
  difference: (state) => setView(state, { difference: !state.view.difference }),
  "column-left": (state, { dataset }) => shiftColumn(state, dataset.version, -1),
  "column-right": (state, { dataset }) => shiftColumn(state, dataset.version, 1),
  "column-narrow": (state, { dataset }) => widen(state, dataset.version, 1 / 1.25),
  "column-wide": (state, { dataset }) => widen(state, dataset.version, 1.25),
  undo: (state) => command(state, "undo", {}),
  redo: (state) => command(state, "redo", {}),
  "next-unconfirmed": (state) => nextUnconfirmed(state),
  keys: (state) => (state.keys.open ? state.keys.close() : showKeys(state)),
  drawer: (state) => drawer(state, !state.root.dataset.drawer),
  close,
};

const unitOf = (state) => state.model.unit[state.selected];

// Does something with the selected unit where it is compared; what is set aside has no state and no neighbours.
function onBody(state, does) {
  const unit = unitOf(state);
  if (!unit) return say(state, "Select a unit first.");
  if (unit.apparatus) return say(state, "This is set aside; take it into a unit first.");
  return does(unit);
}

// Does something with the side that the cursor is in, where there is any text.
function onSide(state, does) {
  return onBody(state, (unit) => {
    const count = side(unit, state.cursor.version).length;
    if (!count) return say(state, `There is nothing on this side; choose another column with ← and →.`);
    return does(unit, count, state);
  });
}

// The compared unit before or after one.
function neighbour(state, unit, by) {
  const body = state.model.units.filter((each) => !each.apparatus);
  return body[body.findIndex(({ id }) => id === unit.id) + by];
}

function cut(state, unit, k) {
  const { version } = state.cursor;
  return { version, segment: segmentIndex(unit, version, k), start: segmentStart(state.model, unit, version, k) };
}

// A segment goes to another unit, and with it what stands between.
function moveSegments(state, unit, k, target) {
  if (!target) return say(state, "There is no unit there; this is the first or the last one.");
  return command(state, "move", { ...cut(state, unit, k), unit: target.id });
}

function splitHere(unit, count, state) {
  let { k } = state.cursor;
  if (!k && count === 2) k = 1;
  if (!k && count > 2) return say(state, "Choose the segment that is to begin the new unit with ⇧↓, or click it; then split.");
  return command(state, "split", { cuts: [cut(state, unit, k)] });
}

function takeIn(state, by) {
  const { model, selected } = state;
  const place = model.units.findIndex(({ id }) => id === selected);
  const unit = model.units[place];
  const [version] = Object.keys(unit.sides).filter((id) => side(unit, id).length);
  const rest = by > 0 ? model.units.slice(place + 1) : model.units.slice(0, place).reverse();
  const target = rest.find((each) => !each.apparatus);
  if (!target) return say(state, "There is no unit there.");
  return command(state, "move", { version, segment: segmentIndex(unit, version, 0), start: segmentStart(model, unit, version, 0), unit: target.id });
}

function linkUnits(state, unit) {
  if (!state.linking) {
    state.linking = unit.id;
    drawPane(state, false);
    return say(state, `Go to the other unit and press L there; Esc lets go of unit ${unit.number}.`);
  }
  const other = state.linking;
  state.linking = null;
  drawPane(state, false);
  if (other === unit.id) return say(state, "Let go; a unit is not linked with itself.");
  return command(state, "link", { unit: other, other: unit.id });
}

function judge(state, verdict, about = null) {
  return onBody(state, (unit) => {
    const found = issues(state.model, unit);
    const issue = about ? found.find((one) => one.kind === about.issue && one.hop.id === about.hop) : keyedIssue(state);
    if (!issue) return say(state, "There is no issue to decide in this unit.");
    return command(state, "verdict", { unit: unit.id, hop: issue.hop.id, issue: issue.kind, verdict: issue.verdict === verdict ? "" : verdict });
  });
}

function suggest(state, about) {
  return onBody(state, (unit) => {
    const issue = about ? { hop: { id: about.hop }, kind: about.issue } : keyedIssue(state);
    if (!issue) return say(state, "There is no issue to make a note of in this unit.");
    return command(state, "note", { suggested: { unit: unit.id, hop: issue.hop.id, issue: issue.kind } });
  });
}

// ---- aligning anew --------------------------------------------------------------------------

function realignment(state) {
  const unit = unitOf(state);
  const [first, last] = between_confirmed(state, unit);
  const busy = asking(state, "realign");
  return el("div", { class: "row realign" }, el("button", { type: "button", "data-do": "realign-between", disabled: busy ? "" : null,
    title: "Let the aligner cut these units again, between the confirmed ones around them" }, `Align ${first.number}–${last.number} anew`),
  el("label", null, "or to unit ", el("input", { type: "number", name: "until", min: 1, "aria-label": "Align anew from this unit to unit number", value: unit.number + 1 })),
  el("button", { type: "button", "data-do": "realign-to", disabled: busy ? "" : null }, "Align"), busy && el("span", { class: "quiet" }, "aligning …"));
}

// The unconfirmed units around one, as far as the confirmed ones on both sides.
function between_confirmed(state, unit) {
  const body = state.model.units.filter((each) => !each.apparatus);
  const place = body.findIndex(({ id }) => id === unit.id);
  let [first, last] = [place, place];
  while (first > 0 && body[first - 1].status !== "confirmed") first -= 1;
  while (last + 1 < body.length && body[last + 1].status !== "confirmed") last += 1;
  return [body[first], body[last]];
}

function realign(state, first, last) {
  ask(state, { kind: "realign", first: first.id, last: last.id });
  say(state, `Aligning units ${first.number} to ${last.number} anew …`);
  drawPane(state, false);
}

function realignBetween(state, unit) {
  if (unit.status === "confirmed") return say(state, "This unit is confirmed; take that back first (S), or choose another one.");
  return realign(state, ...between_confirmed(state, unit));
}

function realignTo(state, unit) {
  const number = Number(state.pane.querySelector('[name="until"]').value);
  const other = state.model.units.find((each) => each.number === number);
  if (!other) return say(state, `There is no unit ${number}.`);
  const [first, last] = number < unit.number ? [other, unit] : [unit, other];
  const kept = state.model.units.find((each) => !each.apparatus && each.number >= first.number && each.number <= last.number && each.status === "confirmed");
  if (kept) return say(state, `Unit ${kept.number} is confirmed; choose a range without confirmed units.`);
  return realign(state, first, last);
}

// ---- keys -----------------------------------------------------------------------------------

const TYPING = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable=''], [contenteditable=true], [role=textbox], [role=combobox]";
const MOVING = "input, [role=radio], [role=tab], [role=slider], [role=menuitem], [role=option], [role=grid], canvas"; // move by arrows themselves
const PRESSING = "button, a, summary, [role=button], input[type=checkbox]"; // are pressed by Enter and Space

// Keys reach the document, because the focus falls back to the body after a rerun.
function press(state, event) {
  const { model } = state;
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey || event.isComposing || event.defaultPrevented || !model) return;
  if (pressInForm(state, event, control)) return;
  const asked = !control && event.key === "?" && "keys"; // on whatever key it stands
  const key = KEYS.find((each) => (asked ? each.does === asked : each.codes.includes(event.code) && Boolean(each.shift) === event.shiftKey && Boolean(each.ctrl) === control));
  if (!key || !isFree(state, event, key)) return;
  event.preventDefault();
  event.stopPropagation();
  state.lastKey = event.code;
  ACTIONS[key.does](state);
}

// Keys inside the forms: Ctrl+Enter saves, Escape gives up, Enter in the field of find goes on.
function pressInForm(state, event, control) {
  const from = event.composedPath()[0];
  if (!(from instanceof Element) || !state.root.contains(from)) return false;
  const form = from.closest("form[data-form]");
  if (form && event.code === "Enter" && (control || form.dataset.form === "reply" && from.tagName === "BUTTON")) form.requestSubmit();
  else if (form && event.code === "Escape") ACTIONS[{ note: "cancel-note", edit: "cancel-edit", reply: "cancel-reply" }[form.dataset.form]](state);
  else if (from.dataset.set === "find" && (event.code === "Enter" || event.code === "F3")) nextHit(state, event.shiftKey ? -1 : 1);
  else if (from.dataset.set === "find" && event.code === "Escape") { from.blur(); keepFocus(state, true); }
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

// False where the key belongs to something else: typing, an open dialog, a control that moves by arrows or is pressed.
function isFree(state, event, key) {
  const from = event.composedPath()[0];
  if (!(from instanceof Element)) return true;
  if (from.closest(TYPING)) return false;
  if (state.keys.open) return key.does === "keys"; // the browser itself closes a dialog on Escape
  if (document.querySelector("[role=dialog], [role=alertdialog], dialog[open]")) return false;
  if (key.ctrl && selectionElsewhere(state)) return false;
  if (/^(Enter|Space)$/.test(event.code) && !key.ctrl && from.closest(PRESSING)) return false;
  const moves = /^(Arrow|Home|End)/.test(event.code) && !key.ctrl;
  if (/^(Home|End)$/.test(event.code) && from.matches("[role=radio], input[type=radio]")) return true;
  if (moves && state.pane.contains(from) && !from.closest("button")) return false; // there they scroll
  return !moves || state.root.contains(from) || !from.closest(MOVING);
}

// True where the focus is in a field outside the reader, to which undo belongs.
function selectionElsewhere(state) {
  const active = document.activeElement;
  return Boolean(active && active !== document.body && !state.root.getRootNode().host?.contains(active) && active.matches(TYPING));
}

// From its top: the browser would scroll to the button it puts the focus on.
function showKeys({ keys }) {
  keys.showModal();
  keys.scrollTop = 0;
}

function keyList() {
  const groups = [...new Set(KEYS.map((key) => key.group || "Moving"))];
  return [el("h3", null, "Keys"), el("div", { class: "groups" }, groups.map((group) => el("section", null, el("h4", null, group), el("dl", null,
    KEYS.filter((key) => key.title && (key.group || "Moving") === group).map((key) => el("div", null,
      el("dt", null, key.shown.map((name) => el("kbd", null, name))), el("dd", null, key.title))))))),
  el("p", { class: "quiet" }, "With the mouse a segment is dragged to another unit by the dots beside it. Grouping segments is not merging their text: words are never moved to make rows look alike."),
  el("form", { method: "dialog" }, el("button", null, "Close"))];
}

// Lets go of what is open or held, one after the other.
function close(state) {
  if (state.keys.open) return state.keys.close();
  if (state.linking) { state.linking = null; say(state, ""); return drawPane(state, false); }
  const menus = [...state.opened].filter((name) => !SECTIONS.includes(name));
  if (menus.length) {
    for (const node of state.bar.querySelectorAll("details")) node.open = false;
    for (const name of menus) state.opened.delete(name);
    return drawBar(state);
  }
  if (state.held.length) { state.held = []; showHeld(state); return say(state, ""); }
  if (selectedRange(state)) { state.word = null; lightUp(state, null); return selectionIn(state).removeAllRanges(); }
  return drawer(state, false);
}
