// The cursor inside a unit: a column, a segment, and words; and the way from words on the page to places in the texts.

const segmentNode = (state, id, version, k) => {
  const entry = state.rows.get(id);
  return entry && entry.node.querySelector(`.text[data-version="${CSS.escape(version)}"] .segment[data-k="${k}"]`);
};

// Puts the cursor where it can be: into a column on show, at a segment that is there.
function placeCursor(state, version = state.cursor.version, k = state.cursor.k) {
  const { model } = state;
  const unit = model.unit[state.selected];
  const shown = model.versions.map(({ id }) => id);
  let wanted = shown.includes(version) ? version : shown[0];
  if (unit && unit.apparatus) wanted = shown.find((id) => side(unit, id).length) || wanted;
  const count = unit ? side(unit, wanted).length : 0;
  state.cursor = { version: wanted, k: Math.max(0, Math.min(k, count - 1)) };
  for (const old of state.units.querySelectorAll("[data-cursor]")) delete old.dataset.cursor;
  if (!unit) return;
  const entry = state.rows.get(unit.id);
  const cell = entry && entry.node.querySelector(`.text[data-version="${CSS.escape(wanted)}"]`);
  const node = segmentNode(state, unit.id, wanted, state.cursor.k) || cell;
  if (node) node.dataset.cursor = count > 1 ? "many" : "one";
}

function moveColumn(state, by) {
  const shown = state.model.versions.map(({ id }) => id);
  const place = Math.max(0, Math.min(shown.length - 1, shown.indexOf(state.cursor.version) + by));
  state.word = null;
  lightUp(state, null);
  placeCursor(state, shown[place], 0);
  drawPane(state, false);
}

function moveSegment(state, by) {
  const unit = state.model.unit[state.selected];
  const count = unit ? side(unit, state.cursor.version).length : 0;
  if (!count) return;
  state.word = null;
  lightUp(state, null);
  placeCursor(state, state.cursor.version, Math.max(0, Math.min(count - 1, state.cursor.k + by)));
  drawPane(state, false);
}

// ---- words ----------------------------------------------------------------------------------

const selectionIn = (state) => {
  const root = state.root.getRootNode();
  return root.getSelection ? root.getSelection() : document.getSelection();
};

// Words of a text, [start, stop), as the reader's language cuts them.
function wordsIn(text, language) {
  const cut = new Intl.Segmenter(language || undefined, { granularity: "word" });
  return [...cut.segment(text)].filter((one) => one.isWordLike).map((one) => [one.index, one.index + one.segment.length]);
}

// A range over characters of a segment's text, whatever marks are in it.
function rangeOver(node, start, stop) {
  const range = document.createRange();
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let before = 0;
  let begun = false;
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const after = before + text.data.length;
    if (!begun && start < after) { range.setStart(text, start - before); begun = true; }
    if (begun && stop <= after) { range.setEnd(text, stop - before); return range; }
    before = after;
  }
  return null;
}

// Moves by words in the segment of the cursor; `longer` makes the selection reach there.
function moveWord(state, by, longer) {
  const { model, cursor, selected } = state;
  const node = segmentNode(state, selected, cursor.version, cursor.k);
  const unit = model.unit[selected];
  if (!node || !unit) return;
  const found = wordsIn(side(unit, cursor.version)[cursor.k].text, model.version[cursor.version].language);
  if (!found.length) return;
  const last = found.length - 1;
  const here = `${selected} ${cursor.version} ${cursor.k}`;
  const old = state.word && state.word.here === here ? state.word : null;
  const to = old ? Math.max(0, Math.min(last, old.to + by)) : by > 0 ? 0 : last;
  const from = longer && old ? old.from : to;
  const [start, stop] = [found[Math.min(from, to)][0], found[Math.max(from, to)][1]];
  state.word = { here, from, to, place: { version: cursor.version, k: cursor.k, start, stop } };
  lightUp(state, state.word.place);
  const range = rangeOver(node, start, stop);
  const selection = selectionIn(state);
  selection.removeAllRanges();
  delete state.units.dataset.column;
  if (range) selection.addRange(range);
}

// The selected words by unit, column and segment, so that they can be selected again when their row was drawn anew.
function selectedEnds(state) {
  const range = selectedRange(state);
  const end = (node, offset) => {
    const segment = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".segment");
    if (!segment) return null;
    const before = document.createRange();
    before.selectNodeContents(segment);
    before.setEnd(node, offset);
    return { unit: segment.closest(".unit").dataset.unit, version: segment.dataset.version, k: Number(segment.dataset.k), at: before.toString().length, text: segment.textContent };
  };
  const ends = range && [end(range.startContainer, range.startOffset), end(range.endContainer, range.endOffset)];
  return ends && ends.every(Boolean) ? { range, ends } : null;
}

function selectAgain(state, kept) {
  if (!kept || kept.range.startContainer.isConnected && kept.range.endContainer.isConnected && !kept.range.collapsed) return;
  const places = kept.ends.map(({ unit, version, k, at, text }, last) => {
    const node = segmentNode(state, unit, version, k);
    if (!node || node.textContent !== text) return null;
    const range = last ? rangeOver(node, Math.max(0, at - 1), at) : rangeOver(node, at, Math.min(text.length, at + 1));
    return range && (last ? [range.endContainer, range.endOffset] : [range.startContainer, range.startOffset]);
  });
  if (places.every(Boolean)) selectionIn(state).setBaseAndExtent(...places[0], ...places[1]);
}

// What is selected on the page, as places in the texts; one for each segment it touches in the column it began in.
function selectedPlaces(state) {
  const range = selectedRange(state);
  if (!range) return [];
  const found = [];
  const { column } = state.units.dataset;
  for (const node of state.units.querySelectorAll(".segment")) {
    if (!range.intersectsNode(node) || column && node.parentElement.dataset.column !== column) continue;
    const place = placeIn(state, node, range);
    if (place) found.push(place);
  }
  return found;
}

function selectedRange(state) {
  const selection = selectionIn(state);
  if (!selection || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getComposedRanges ? composedRange(state, selection) : selection.getRangeAt(0).cloneRange();
  return range && state.units.contains(range.commonAncestorContainer) ? range : null;
}

function composedRange(state, selection) {
  const [found] = selection.getComposedRanges({ shadowRoots: [state.root.getRootNode()] });
  if (!found) return null;
  const range = document.createRange();
  range.setStart(found.startContainer, found.startOffset);
  range.setEnd(found.endContainer, found.endOffset);
  return range;
}

function placeIn(state, node, range) {
  const inside = document.createRange();
  inside.selectNodeContents(node);
  const before = inside.cloneRange();
  const starts = range.compareBoundaryPoints(Range.START_TO_START, inside) > 0;
  if (starts) before.setEnd(range.startContainer, range.startOffset);
  const start = starts ? before.toString().length : 0;
  const text = node.textContent;
  let stop = text.length;
  if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) {
    before.selectNodeContents(node);
    before.setEnd(range.endContainer, range.endOffset);
    stop = before.toString().length;
  }
  return placeOfWords(state, node, start, stop);
}

// Characters of a segment on the page as a note stands on them, without blanks at the ends.
function placeOfWords(state, node, start, stop) {
  const text = node.textContent;
  const quoted = text.slice(start, stop);
  const first = start + (quoted.length - quoted.trimStart().length);
  const last = first + quoted.trim().length;
  if (first >= last) return null;
  const unit = state.model.unit[node.closest(".unit").dataset.unit];
  const { version, k } = node.dataset;
  return { version, segment: segmentIndex(unit, version, Number(k)), start: segmentStart(state.model, unit, version, Number(k)),
    words: [points(text, first), points(text, last)], seen: state.data.revision, quote: text.slice(first, last), unit: unit.id, k: Number(k), at: [first, last] };
}

function cursorPlace(state) {
  const node = segmentNode(state, state.selected, state.cursor.version, state.cursor.k);
  return node && placeOfWords(state, node, 0, node.textContent.length);
}

// Paints words without touching the page: the browser knows them by name. Where it cannot, the words go unpainted.
function paint(name, ranges) {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const found = ranges.filter(Boolean);
  if (found.length) CSS.highlights.set(name, new Highlight(...found));
  else CSS.highlights.delete(name);
}

function showHeld(state) {
  // Those of a note that was begun before the page was opened are not known by their place in the row.
  const begun = ((state.draft || {}).anchors || []).filter((place) => place.at);
  paint("relay-held", [...state.held, ...begun].map((place) => {
    const node = segmentNode(state, place.unit, place.version, place.k);
    return node && rangeOver(node, ...place.at);
  }));
}
