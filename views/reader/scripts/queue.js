// The queue: what a person did is kept until the server has it, in the browser's own store as well, and sent until it is
// acknowledged. The courier, a component of its own, carries it; both meet at a name in the page.

const LINE = Symbol.for("relay line");
const RETRY = 1200; // ms without an answer before everything is sent again
const ASK_AGAIN = 350; // ms between questions while something is being measured or worked out
const LOOK = 3000; // ms between looks at what others did
const ORPHAN = 5000; // ms after which another tab's queue is taken for abandoned

// Whose browser it is, so that undo takes back one's own work also where nobody has given a name.
function hand() {
  try {
    const known = localStorage.getItem("relay hand") || Math.random().toString(36).slice(2);
    localStorage.setItem("relay hand", known);
    return known;
  } catch {
    return "";
  }
}

function openQueue(state) {
  const name = [hand(), Math.random().toString(36).slice(2)].filter(Boolean).join(".");
  const queue = { run: name, number: 0, beat: 0, answered: 0, sent: 0, got: 0,
    pending: [], stored: 0, asks: new Map(), questions: 0, errors: 0 };
  state.queue = queue;
  globalThis[LINE] = { ...globalThis[LINE], receive: (answer) => receive(state, answer) };
  adopt(state);
  queue.timer = setInterval(() => tick(state), 150);
}

function closeQueue(state) {
  clearInterval(state.queue.timer);
  keepPending(state, 0);
  if (globalThis[LINE]) delete globalThis[LINE].receive;
}

// Takes up commands that another page left behind: one that was closed, or that nobody has heard of for a while.
async function adopt(state) {
  const { queue } = state;
  for (const [key, left] of await kept("pending ")) {
    if (key === pendingKey(queue) || Date.now() - left.at < ORPHAN) continue;
    queue.pending.unshift(...left.commands);
    await keepPending(state);
    await keep(key, null);
  }
  if (queue.pending.length) flush(state);
}

const pendingKey = (queue) => `pending ${queue.run}`;

// Keeps what is pending; `at` 0 says that this page is about to close.
async function keepPending(state, at = Date.now()) {
  const { queue } = state;
  const { number, pending } = queue;
  const done = await keep(pendingKey(queue), pending.length ? { at, commands: pending } : null);
  if (done) queue.stored = Math.max(queue.stored, number);
  if (pending.length) drawSaved(state);
}

// Gives a command to the queue. `kept` is brought back when it is refused.
function command(state, kind, values, kept = {}) {
  const { queue } = state;
  queue.number += 1;
  queue.pending.push({ run: queue.run, number: queue.number, kind, values, seen: state.data.revision, document: state.document, level: state.model.level, ...kept });
  keepPending(state);
  say(state, "");
  drawSaved(state);
  flush(state, true); // at once: a browser may be closed at any moment
}

// Asks the server something; a later question takes the place of one of its kind that waits.
function ask(state, question) {
  const { queue } = state;
  queue.questions += 1;
  queue.asks.set(question.kind, { ...question, number: queue.questions });
  flush(state);
}

// The question of a kind that waits for its answer.
const asking = (state, kind) => state.queue.asks.get(kind) || null;

const waiting = (queue) => queue.sent > queue.got;

function flush(state, again = false) {
  const { queue } = state;
  const line = globalThis[LINE];
  if (!line || !line.send || !state.data || (waiting(queue) && !again)) return;
  queue.beat += 1;
  queue.sent = performance.now();
  queue.asked = queue.questions;
  line.send({ page: queue.run, beat: queue.beat, document: state.document, level: state.model.level, epoch: state.data.epoch, turn: state.data.turn,
    revision: state.data.revision, commands: queue.pending.map(({ draft, ...one }) => one), asks: [...queue.asks.values()] });
}

function tick(state) {
  const { queue } = state;
  if (!state.data) return;
  const since = performance.now() - queue.sent;
  if (queue.pending.length && Date.now() % ORPHAN < 400) keepPending(state);
  if (waiting(queue)) {
    if (since > RETRY * Math.min(8, 1 + queue.errors)) { queue.errors += 1; drawSaved(state); flush(state, true); }
  } else if (queue.errors ? since > RETRY : queue.pending.length || (queue.asks.size && queue.asked !== queue.questions)) flush(state);
  else if (queue.asks.size || state.data.stale) { if (since > ASK_AGAIN) flush(state); }
  else if (since > LOOK && !document.hidden) { adopt(state); flush(state); }
}

function receive(state, text) {
  const { queue } = state;
  if (!text || !queue) return;
  const answer = JSON.parse(text);
  if (answer.page !== queue.run || answer.beat <= queue.answered) return;
  queue.answered = answer.beat;
  if (answer.beat === queue.beat) queue.got = performance.now();
  queue.errors = answer.error ? queue.errors + 1 : 0;
  if (answer.error) say(state, answer.error, true);
  const told = new Map((answer.receipts || []).map((one) => [`${one.run} ${one.number}`, one]));
  const refused = [];
  for (const one of queue.pending) {
    const receipt = told.get(`${one.run} ${one.number}`);
    if (receipt) acknowledged(state, one, receipt);
    if (receipt && !receipt.done) refused.push(receipt.said);
  }
  // What went well after it must not hide it.
  if (refused.length) say(state, [...new Set(refused)].join(" "), true);
  else if (answer.warning && answer.warning !== state.warning) say(state, answer.warning, true);
  else if (!told.size && (answer.others || []).length) say(state, answer.others.at(-1));
  queue.pending = queue.pending.filter((one) => !told.has(`${one.run} ${one.number}`));
  keepPending(state);
  if (answer.document === state.document && answer.level === state.model.level) {
    if (answer.patch) patch(state, answer.patch);
    followTurn(state);
    for (const one of answer.answers || []) {
      if (!one.ready || (asking(state, one.kind) || {}).number !== one.number) continue;
      queue.asks.delete(one.kind);
      answers(state, one);
    }
  }
  state.warning = answer.warning;
  if ("undo" in answer) Object.assign(state, { turns: { undo: answer.undo, redo: answer.redo }, author: answer.author });
  drawSaved(state);
  if (queue.pending.length) flush(state);
}

// Goes to what was taken back or done again, unless the unit that is shown has it.
function followTurn(state) {
  const touched = state.turned || [];
  state.turned = null;
  const concerns = (unit) => touched.includes(unit.id) || unit.notes.some(({ id }) => touched.includes(id));
  const here = state.model.unit[state.selected];
  const there = here && concerns(here) ? null : state.visible.find(concerns);
  if (there) select(state, there.id, "jump");
}

// Says what became of a command. What was refused says so until something else is done, and what was typed comes back.
function acknowledged(state, one, receipt) {
  if (receipt.done) state.saved = new Date().toISOString();
  say(state, receipt.said, !receipt.done);
  if (receipt.done && (one.kind === "undo" || one.kind === "redo")) state.turned = receipt.touched;
  if (!receipt.done && one.draft) returnDraft(state, one.draft);
  if (!receipt.done && one.typed) reopenEdit(state, one);
}
