// Scrolling: what is brought into view, what keeps its place, and what the minimap shows of it.

const SETTLE = 3; // frames after a jump in which heights may still change
const CONTEXT = 56; // px kept free above and below the selected row

// Scrolls the grid alone: `scrollIntoView` would move the page around it as well.
// Rows seen for the first time change from estimated to true height in the next frames, hence the repeats.
function reveal(state, id, how, repeats = SETTLE) {
  const entry = state.rows.get(id);
  if (!entry || state.selected !== id) return;
  const { grid, head } = state;
  const top = entry.node.offsetTop - head.offsetHeight;
  const room = grid.clientHeight - head.offsetHeight;
  const height = entry.node.offsetHeight;
  const lowest = top + height - room;
  const seen = grid.scrollTop <= top && grid.scrollTop >= Math.min(top, lowest);
  if (how === "jump" && !seen) grid.scrollTop = top - Math.max(0, Math.min(room / 4, room - height));
  else if (how === "near" && (grid.scrollTop > top - CONTEXT || height + 2 * CONTEXT > room)) grid.scrollTop = top - CONTEXT;
  else if (how === "near" && grid.scrollTop < lowest + CONTEXT) grid.scrollTop = lowest + CONTEXT;
  if (repeats) requestAnimationFrame(() => reveal(state, id, how, repeats - 1));
}

// Remembers where the selected row, or else the first one in view, stands, and brings it back there.
function hold(state) {
  if (!state.model) return null;
  const [first, last] = inView(state);
  const place = placeOf(state);
  const id = at(state, place >= first && place <= last ? place : first);
  const entry = state.rows.get(id);
  return entry && { id, top: entry.node.offsetTop - state.grid.scrollTop };
}

function restore(state, anchor, repeats = 0) {
  const entry = anchor && state.rows.get(anchor.id);
  if (!entry) return;
  state.grid.scrollTop = entry.node.offsetTop - anchor.top;
  if (repeats) requestAnimationFrame(() => restore(state, anchor, repeats - 1));
}

// The first and last row in view, by their places among all units; filtered ones take no room.
function inView({ grid, head, rows, visible }) {
  const nodes = visible.map((unit) => rows.get(unit.id).node);
  const find = (y) => {
    let low = 0;
    let high = nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (nodes[middle].offsetTop <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return nodes.length ? [find(grid.scrollTop + head.offsetHeight), find(grid.scrollTop + grid.clientHeight - 1)] : [0, -1];
}

// Shows in the minimap which units are in view.
function see(state) {
  if (!state.model) return;
  const { model, visible, view_box: box } = state;
  const [first, last] = inView(state).map((place) => model.units.indexOf(visible[place]));
  const count = model.units.length || 1;
  box.style.setProperty("--place", Math.max(0, first) / count);
  box.style.setProperty("--shown", last < 0 ? 0 : (last - first + 1) / count);
}

// Brings a box of the grid into view: words, not the whole row.
function intoView({ grid, head }, box) {
  const frame = grid.getBoundingClientRect();
  if (box.top < frame.top + head.offsetHeight || box.bottom > frame.bottom) grid.scrollTop += box.top - frame.top - frame.height / 3;
  if (box.left < frame.left || box.right > frame.right) grid.scrollLeft += box.left - frame.left - frame.width / 3;
}
