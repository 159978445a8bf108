// What the page knows of a document, and what follows from it. Nothing here touches the page.

const ALARM = 0.5; // a metric value from here on is an alarm
const ALARMING = ["omission", "addition", "negation", "quantities", "names", "modality", "wording", "meaning"]; // loudest first
const LEVELS = [50, 80, 95]; // percentiles at which the colour changes

// Puts what changed into what was known, and drops the units that are gone. A part that did not change stays the same object.
function merged(known, patch) {
  const old = known && known.epoch === patch.epoch ? known : { units: {} };
  const made = { ...old, ...patch, units: { ...old.units, ...patch.units } };
  const there = new Set(made.order.map(([id]) => id));
  for (const id of Object.keys(made.units)) if (!there.has(id)) delete made.units[id];
  return made;
}

// Works out once what every row needs. `view` says which columns stand where, and whether the apparatus is shown.
function model(data, view) {
  const { hops, metrics, level, sets } = data.frame;
  const named = Object.fromEntries(data.frame.versions.map((each) => [each.id, each]));
  const order = [...view.order.filter((id) => named[id]), ...data.frame.versions.map(({ id }) => id).filter((id) => !view.order.includes(id))];
  const shown = order.filter((id) => !view.hidden.includes(id));
  const versions = (shown.length ? shown : order).map((id) => named[id]);
  const gutters = versions.slice(1).map((version, place) => between(hops, versions[place].id, version.id));
  const alike = versions.slice(1).flatMap((version, place) => pairInOneLanguage(data, versions[place], version));
  const beside = view.difference ? alike : [];
  const steps = hops.filter((hop) => hop.kind !== "whole" || gutters.includes(hop));
  const notes = placedNotes(data);
  const units = numbered(data, notes).filter((unit) => view.apparatus || !unit.apparatus);
  const unit = Object.fromEntries(units.map((each) => [each.id, each]));
  return { data, versions, version: named, all: order.map((id) => named[id]), hops, metrics, gutters, steps, units, unit, level, sets, alike, beside, notes: data.notes };
}

const between = (hops, one, other) => hops.find((hop) => hop.source === one && hop.target === other)
  || hops.find((hop) => hop.source === other && hop.target === one) || null;

// Two versions in one language that stand side by side: the hop between them, or else what the units call their difference.
function pairInOneLanguage(data, one, other) {
  const code = (version) => version.language.split("-")[0].toLowerCase();
  if (code(one) !== code(other)) return [];
  const ids = data.frame.versions.map(({ id }) => id).filter((id) => id === one.id || id === other.id);
  const hop = between(data.frame.hops, ...ids);
  const known = hop || data.compared.some((pair) => pair.join() === ids.join());
  return [{ ids, name: ids.join("-"), hop, known: Boolean(known) }];
}

// The words that differ between versions in one language that stand side by side, by place.
function changedPlaces(model, unit) {
  return model.beside.flatMap(({ ids, name, hop }) =>
    ((hop ? (scored(unit, hop) || {}).changes : (unit.differences || {})[name]) || []).flatMap(({ kind, places }) =>
      places.map((place) => ({ ...place, change: { kind, text: place.text, other: ids.find((id) => id !== place.version) } }))));
}

// The units in reading order, with their numbers, and with the place of every segment in its version.
function numbered(data, notes) {
  const ids = data.frame.versions.map(({ id }) => id);
  const counts = { body: 0, aside: 0 };
  return data.order.map(([id, ...begins]) => {
    const content = data.units[id];
    const number = content.apparatus ? `a${(counts.aside += 1)}` : (counts.body += 1);
    const first = Object.fromEntries(ids.map((version, place) => [version, begins[place]]));
    const mine = notes.get(id) || [];
    return { ...content, content, number, first, notes: mine };
  });
}

// The notes by the units that hold their words.
function placedNotes(data) {
  const found = new Map();
  if (!data.notes.length) return found;
  const ids = data.frame.versions.map(({ id }) => id);
  const holders = Object.fromEntries(ids.map((id) => [id, new Map()]));
  for (const [id, ...begins] of data.order) {
    ids.forEach((version, place) => (data.units[id].sides[version] || []).forEach((_, k) => holders[version].set(begins[place] + k, id)));
  }
  for (const note of data.notes) {
    for (const id of new Set(note.places.map((place) => holders[place.version] && holders[place.version].get(place.segment)))) {
      if (id) found.set(id, [...(found.get(id) || []), note]);
    }
  }
  return found;
}

const side = (unit, id) => unit.sides[id] || [];
const scored = (unit, hop) => (unit.hops || {})[hop.id];
const level = (percentile) => 1 + LEVELS.filter((bound) => percentile >= bound).length;
const metricName = (model, metric) => model.metrics[metric] || metric;
const isAlarm = (metric, value) => ALARMING.includes(metric) && value >= ALARM;
const alarmsOf = (score) => ALARMING.filter((metric) => isAlarm(metric, (score.metrics || {})[metric]));
const hasAlarm = (model, unit) => model.steps.some((hop) => scored(unit, hop) && alarmsOf(scored(unit, hop)).length);
const lacksSide = (model, unit) => model.versions.some(({ id }) => !side(unit, id).length);

// The segment of a version that holds an index there, in a unit.
const segmentIndex = (unit, version, k) => unit.first[version] + k;
const segmentStart = (model, unit, version, k) => model.data.starts[version][segmentIndex(unit, version, k)];

function worst(model, unit) {
  return model.steps.map((hop) => ({ hop, score: scored(unit, hop) })).filter(({ score }) => score)
    .sort((one, other) => other.score.percentile - one.score.percentile)[0];
}

// Says where along the chain a side fell empty, or, if nothing stood before it, where the text came in.
// Of texts that were not made from one another it says nothing.
function absence(model, unit, id) {
  const into = (version) => model.hops.find((hop) => hop.kind === "step" && hop.target === version);
  let hop = into(id);
  for (let turn = 0; hop && turn < model.all.length; turn += 1) {
    if (side(unit, hop.source).length) return `omitted at ${hop.label}`;
    hop = into(hop.source);
  }
  const first = model.all.find((version) => side(unit, version.id).length);
  const entry = first && into(first.id);
  return entry ? `added at ${entry.label}` : "";
}

// The unit where a version that is passed over here has the passage, if it was found at another place.
function movedTo(model, unit, id) {
  return (unit.moved || []).map((other) => model.unit[other]).find((other) => other && side(other, id).length);
}

// The reasons of a unit as findings: one for each hop, metric and wording, with its places in the versions.
function findings(model, unit) {
  const found = new Map();
  for (const hop of model.hops) {
    const score = scored(unit, hop);
    for (const reason of (score && score.reasons) || []) {
      const name = JSON.stringify([hop.id, reason.metric, reason.text]);
      const value = (score.metrics || {})[reason.metric];
      if (!found.has(name)) {
        found.set(name, { key: String(found.size), hop, metric: reason.metric, text: reason.text, value,
          alarm: model.steps.includes(hop) && isAlarm(reason.metric, value), places: [] });
      }
      found.get(name).places.push(reason);
    }
  }
  return [...found.values()];
}

function quote(unit, place) {
  const segment = side(unit, place.version)[place.segment];
  return segment ? segment.text.slice(place.start, place.stop) : "";
}

// The issues of a unit: what a person is asked to decide, the steps of the chain first, each by its strength.
function issues(model, unit) {
  return model.steps.flatMap((hop) => Object.entries((scored(unit, hop) || {}).issues || {})
    .sort(([, one], [, other]) => other.strength - one.strength)
    .map(([kind, issue]) => ({ hop, kind, ...issue, verdict: issue.verdict || "" })));
}

// The doubtful units as a person is led through them: what can be verified first.
function doubtful(model) {
  return model.units.filter((unit) => unit.doubt).map((unit, place) => ({ unit, place }))
    .sort((one, other) => one.unit.doubt.rank - other.unit.doubt.rank || one.place - other.place).map(({ unit }) => unit);
}

// Offsets: a page counts UTF-16 units, a version code points.
const points = (text, offset) => Array.from(text.slice(0, offset)).length;
