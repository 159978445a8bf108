// The reader: one state a mounted element.
// Streamlit calls the default export again after every rerun, so the page is patched and never rebuilt.

const STATES = new WeakMap();

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

function mount(parent) {
  const root = parent.querySelector(".reader");
  const part = (name) => root.querySelector(`.${name}`);
  const state = { parent, root, turn: 0, rows: new Map(), visible: [], asked: null, selected: null, off: new AbortController(),
    cursor: { version: "", k: 0 }, word: null, held: [], draft: null, returned: [], editing: null, replying: null, linking: null, dragged: null,
    answers: {}, aids: newAids(), opened: new Set(), cancelling: false, turns: { undo: null, redo: null }, saved: "", spoke: 0, focused: null, warning: "", filter: filterFromAddress(), find: { query: "", hits: [], place: -1, texts: new Map() },
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
  state.covers.disconnect();
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
