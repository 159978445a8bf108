// Notes on translators' choices: how they are shown, and the form they are written in.

const categoryOf = (model, set, id) => {
  const known = model.sets.find((one) => one.id === set);
  return known && known.categories.find((one) => one.id === id);
};
const namesOf = (model, note) => Object.entries(note.categories).map(([set, id]) => (categoryOf(model, set, id) || { title: id }).title);

// A note in a few words.
function noteTitle(model, note) {
  return [namesOf(model, note).join(", "), note.body.replace(/\s+/g, " ").slice(0, 80)].filter(Boolean).join(": ") || "without words";
}

function noteCard(state, note) {
  const { model } = state;
  const hop = model.hops.find(({ id }) => id === note.hop);
  const gone = note.anchors.filter((anchor) => anchor.gone);
  const techniques = Object.entries(note.categories).filter(([set]) => !(model.sets.find((one) => one.id === set) || {}).evaluative);
  const faults = Object.entries(note.categories).filter(([set]) => (model.sets.find((one) => one.id === set) || {}).evaluative);
  const named = (pairs) => pairs.map(([set, id]) => (categoryOf(model, set, id) || { title: id }).title).join(", ");
  return el("article", { class: "note", "data-note": note.id, "data-state": note.state, "aria-label": `Note: ${noteTitle(model, note)}` },
    el("div", { class: "kinds" }, techniques.length && el("b", null, named(techniques)),
      faults.length && el("b", { class: "fault" }, named(faults), note.severity && ` (${note.severity})`),
      hop && el("small", null, hop.label)),
    note.anchors.map((anchor) => el("span", { class: "quote" }, el("b", null, anchor.version),
      el("q", { lang: (model.version[anchor.version] || {}).language, "data-gone": anchor.gone ? "yes" : null }, anchor.quote),
      anchor.was && !anchor.gone && el("small", { class: "was" }, "was: ", el("span", { lang: (model.version[anchor.version] || {}).language }, anchor.was)))),
    gone.length && el("p", { class: "quiet" }, gone.length === note.anchors.length ? "The words it stood on are gone from the text; the note is kept."
      : "Some of the words it stood on are gone from the text."),
    note.body && el("p", { class: "body" }, note.body),
    note.alternatives.length && el("p", { class: "quiet" }, "Considered: ", note.alternatives.join(" · ")),
    note.evidence && el("p", { class: "quiet" }, "Evidence: ", note.evidence),
    el("p", { class: "quiet by" }, [note.author || "unsigned", clock(note.created), note.state, note.certainty,
      note.origin && "suggested by the program"].filter(Boolean).join(" · ")),
    note.replies.map((reply) => el("p", { class: "reply" }, reply.body, " ", el("small", null, [reply.author || "unsigned", clock(reply.created)].filter(Boolean).join(", ")))),
    el("div", { class: "row" },
      el("button", { type: "button", class: "choice", "data-do": "edit-note", "data-note": note.id }, "Change"),
      el("button", { type: "button", class: "choice", "data-do": "reply", "data-note": note.id }, "Reply"),
      note.state !== "settled" && el("button", { type: "button", class: "choice", "data-do": "settle", "data-note": note.id }, "Settle"),
      el("button", { type: "button", class: "choice plain", "data-do": "remove-note", "data-note": note.id, title: "Take this note away; undo brings it back" }, "Remove")),
    state.replying === note.id && el("form", { class: "reply-form", "data-form": "reply", "data-note": note.id },
      el("textarea", { name: "reply", rows: 2, "aria-label": "Your reply" }), el("div", { class: "row" },
        el("button", { class: "choice" }, "Send"), el("button", { type: "button", class: "choice plain", "data-do": "cancel-reply" }, "Cancel"))));
}

// Notes of the unit, and the form while one is being written.
function noteSection(state, unit) {
  return el("section", { class: "notes" }, el("h4", null, "Notes"), state.draft && noteForm(state),
    unit.notes.filter((note) => !state.draft || state.draft.id !== note.id).map((note) => noteCard(state, note)),
    !unit.notes.length && !state.draft && el("p", { class: "quiet" }, "None yet. Select words in one or more columns and press ", el("kbd", null, "N"), "."));
}

function choice(name, label, options, value) {
  return el("label", null, el("span", null, label), el("select", { name },
    options.map(([id, title, says]) => el("option", { value: id, title: says || null, selected: id === value ? "" : null }, title))));
}

function noteForm(state) {
  const { model, draft } = state;
  const field = (name, label, rows) => el("label", null, el("span", null, label), el("textarea", { name, rows }, draft[name] || ""));
  const set = (one) => choice(`set ${one.id}`, one.title, [["", "–"], ...one.categories.map((each) => [each.id, each.title, each.says])], draft.categories[one.id] || "");
  const faults = model.sets.filter((one) => one.evaluative);
  const severities = faults.flatMap((one) => one.severities).map((one) => [one.id, one.title, one.says]);
  return el("form", { class: "note-form", "data-form": "note", "aria-label": draft.id ? "Change the note" : "New note" },
    el("div", { class: "kinds" }, el("b", null, draft.id ? "Change the note" : "New note")),
    draft.anchors.map((anchor, place) => el("span", { class: "quote" }, el("b", null, anchor.version),
      el("q", { lang: (model.version[anchor.version] || {}).language }, anchor.quote),
      draft.anchors.length > 1 && el("button", { type: "button", class: "choice plain", "data-do": "drop-words", "data-place": place, "aria-label": `Leave out ${anchor.quote}` }, "×"))),
    el("button", { type: "button", class: "choice", "data-do": "add-words", title: "Select words in another column, then press this" }, "Add the selected words", el("kbd", null, "Space")),
    field("body", "Comment", 4),
    choice("hop", "Hop", [["", "–"], ...model.hops.map((hop) => [hop.id, `${hop.label} (${hop.source}→${hop.target})`])], draft.hop),
    model.sets.filter((one) => !one.evaluative).map(set),
    el("fieldset", null, el("legend", null, "Only if it is an error"), faults.map(set), choice("severity", "Severity", [["", "–"], ...severities], draft.severity)),
    field("alternatives", "Alternatives considered, one a line", 2), field("evidence", "Evidence", 2),
    choice("certainty", "Certainty", [["", "–"], ...model.data.frame.certainties.map((one) => [one, one])], draft.certainty),
    choice("state", "State", model.data.frame.states.map((one) => [one, one]), draft.state),
    el("div", { class: "row" }, el("button", { class: "choice primary" }, "Save", el("kbd", null, "⌃↵")),
      el("button", { type: "button", class: "choice plain", "data-do": "cancel-note" }, "Cancel", el("kbd", null, "Esc"))),
    !draft.id && el("p", { class: "quiet" }, state.author ? `Signed ${state.author}.` : "Not signed: your name can be given at the foot of the Library."));
}

// ---- writing --------------------------------------------------------------------------------

const EMPTY_NOTE = { id: null, anchors: [], hop: "", categories: {}, severity: "", body: "", alternatives: "", evidence: "", certainty: "", state: "open" };

// Begins a note on the words that are held and selected, or else on the segment that the cursor is in.
function beginNote(state) {
  const anchors = [...state.held, ...selectedPlaces(state)];
  if (state.draft) return addWords(state);
  if (!anchors.length) {
    const whole = cursorPlace(state);
    if (!whole) return say(state, "Select the words the note is about first.");
    anchors.push(whole);
  }
  setDraft(state, { ...EMPTY_NOTE, anchors, hop: likelyHop(state, anchors) });
}

// The hop between the versions that a note stands on.
function likelyHop(state, anchors) {
  const ids = [...new Set(anchors.map((anchor) => anchor.version))];
  const found = ids.length > 1 && state.model.hops.find((hop) => ids.includes(hop.source) && ids.includes(hop.target));
  const into = state.model.hops.find((hop) => hop.kind === "step" && hop.target === ids[0]);
  return (found || (ids.length === 1 && into) || { id: "" }).id;
}

function setDraft(state, draft, focus = true) {
  state.cancelling = false;
  state.draft = draft || state.returned.shift() || null;
  if (state.held.length) say(state, "");
  state.held = [];
  showHeld(state);
  keepDraft(state);
  drawPane(state, false);
  const form = state.pane.querySelector(".note-form");
  if (!form) return;
  drawer(state, true);
  if (focus) form.querySelector("textarea").focus();
  form.scrollIntoView({ block: "nearest" });
}

// Gives up what was written, when that was said twice.
function cancelNote(state) {
  readDraft(state);
  const { body, alternatives, evidence } = state.draft;
  if (`${body}${alternatives}${evidence}`.trim() && !state.cancelling) {
    state.cancelling = true;
    return say(state, "Press Cancel or Esc once more to give up this note, or Ctrl+Enter to save it.");
  }
  setDraft(state, null);
  say(state, "");
  return keepFocus(state, true);
}

// Takes up what stands in the form; called at every key, so that nothing typed is lost.
function readDraft(state) {
  const form = state.pane.querySelector(".note-form");
  if (!form || !state.draft) return;
  const value = (name) => form.elements[name].value;
  const categories = Object.fromEntries(state.model.sets.map((one) => [one.id, value(`set ${one.id}`)]).filter(([, id]) => id));
  const texts = Object.fromEntries(["body", "hop", "severity", "alternatives", "evidence", "certainty", "state"].map((name) => [name, value(name)]));
  state.draft = { ...state.draft, ...texts, categories };
  keepDraft(state);
}

// A refused note: it is laid before the person again, behind the one that is being written now.
function returnDraft(state, draft) {
  if (state.draft) state.returned.push(draft);
  else { state.draft = draft; drawPane(state, false); }
  keepDraft(state);
}

const draftKey = (state) => `draft ${state.document}`;
const keepDraft = (state) => keep(draftKey(state), state.draft ? { ...state.draft, returned: state.returned } : null);

function addWords(state) {
  if (!state.draft) return holdWords(state);
  const anchors = [...state.held, ...selectedPlaces(state)];
  if (!anchors.length) {
    state.pane.querySelector('.note-form [name="body"]').focus();
    return say(state, "This note is being written; to add words, select them in a column first.");
  }
  readDraft(state);
  const all = [...state.draft.anchors, ...anchors];
  setDraft(state, { ...state.draft, anchors: all, hop: state.draft.hop || likelyHop(state, all) });
}

// Keeps the selected words while others are selected.
function holdWords(state) {
  const places = selectedPlaces(state);
  if (!places.length) return say(state, "Select words first; then hold them, and select more in another column.");
  state.held = [...state.held, ...places];
  showHeld(state);
  selectionIn(state).removeAllRanges();
  say(state, `${state.held.length} ${state.held.length === 1 ? "passage" : "passages"} held for a note; select more, or press N.`);
}

function saveNote(state) {
  readDraft(state);
  const { id, alternatives, anchors, ...draft } = state.draft;
  const values = { ...draft, alternatives: alternatives.split("\n").map((line) => line.trim()).filter(Boolean) };
  const places = anchors.map((one) => {
    const { version, segment, start, words, seen, quote } = one;
    return words ? { version, segment, start, words, seen, quote } : one;
  });
  const changed = !id || anchors.some((anchor) => anchor.words) || anchors.length !== state.draft.count;
  if (changed) values.anchors = places;
  delete values.count;
  command(state, id ? "change note" : "note", id ? { note: id, ...values } : values, { draft: state.draft });
  setDraft(state, null);
  keepFocus(state, true);
}

function editNote(state, id) {
  const note = state.model.notes.find((one) => one.id === id);
  if (!note) return;
  const { anchors, hop, categories, severity, body, evidence, certainty } = note;
  setDraft(state, { id, anchors, count: anchors.length, hop, categories, severity, body, evidence, certainty, state: note.state, alternatives: note.alternatives.join("\n") });
}
