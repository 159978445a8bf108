// Parts: data in, elements out. Nothing here holds state or knows Streamlit.
// Words of a document reach the page as text nodes only, never as markup or as an address.

const ALARM = 0.5; // a metric value from here on is an alarm
const ALARMING = ["omission", "addition", "negation", "quantities", "names", "modality", "wording", "meaning"]; // loudest first
const TAGS = 2; // tags in a gutter before the rest is counted
const LEVELS = [50, 80, 95]; // percentiles at which the colour changes

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

// ---- what follows from the data -------------------------------------------------------------

// Works out once what every row needs: the hop in each gutter, the single steps, the units on show.
function model(data) {
  const { versions = [], hops = [], metrics = {} } = data;
  const gutters = versions.slice(1).map((version, place) =>
    hops.find((hop) => hop.source === versions[place].id && hop.target === version.id) || null);
  const steps = hops.filter((hop) => gutters.includes(hop) || hop.kind !== "whole");
  const units = (data.units || []).filter((unit) => data.apparatus || !unit.apparatus);
  const version = Object.fromEntries(versions.map((each) => [each.id, each]));
  return { versions, version, hops, metrics, gutters, steps, units, level: data.level };
}

const side = (unit, id) => unit.sides[id] || [];
const scored = (unit, hop) => (unit.hops || {})[hop.id];
const level = (percentile) => 1 + LEVELS.filter((bound) => percentile >= bound).length;
const metricName = (model, metric) => model.metrics[metric] || metric;
const isAlarm = (metric, value) => ALARMING.includes(metric) && value >= ALARM;
const alarmsOf = (score) => ALARMING.filter((metric) => isAlarm(metric, (score.metrics || {})[metric]));
const hasAlarm = (model, unit) => model.steps.some((hop) => scored(unit, hop) && alarmsOf(scored(unit, hop)).length);
const lacksSide = (model, unit) => model.versions.some(({ id }) => !side(unit, id).length);

function ordinal(number) {
  const ending = { 1: "st", 2: "nd", 3: "rd" };
  return number + ((number % 100 > 10 && number % 100 < 14) ? "th" : ending[number % 10] || "th");
}

function worst(model, unit) {
  return model.steps.map((hop) => ({ hop, score: scored(unit, hop) })).filter(({ score }) => score)
    .sort((one, other) => other.score.percentile - one.score.percentile)[0];
}

// Says where along the chain a side fell empty, or, if nothing stood before it, where the text came in.
// Of texts that were not made from one another it says nothing.
function absence(model, unit, id) {
  const into = (version) => model.hops.find((hop) => hop.kind === "step" && hop.target === version);
  let hop = into(id);
  for (let turn = 0; hop && turn < model.versions.length; turn += 1) {
    if (side(unit, hop.source).length) return `omitted at ${hop.label}`;
    hop = into(hop.source);
  }
  const first = model.versions.find((version) => side(unit, version.id).length);
  const entry = first && into(first.id);
  return entry ? `added at ${entry.label}` : "";
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
  const segment = side(unit, place.version).find((each) => each.segment === place.segment);
  return segment ? segment.text.slice(place.start, place.stop) : "";
}

// ---- rows -----------------------------------------------------------------------------------

// Cuts a text where findings begin and end, so that overlapping ones share their words.
// Offsets count UTF-16 units, as `slice` does.
function words(text, places) {
  const inside = places.map((place) => ({ ...place, start: Math.max(0, place.start), stop: Math.min(text.length, place.stop) }))
    .filter((place) => place.start < place.stop);
  const cuts = [...new Set([0, text.length, ...inside.flatMap((place) => [place.start, place.stop])])].sort((a, b) => a - b);
  return cuts.slice(1).map((stop, index) => {
    const part = text.slice(cuts[index], stop);
    const over = inside.filter((place) => place.start <= cuts[index] && stop <= place.stop).map((place) => place.finding);
    if (!over.length) return part;
    const loudest = ALARMING.find((metric) => over.some((finding) => finding.metric === metric)) || over[0].metric;
    return el("mark", { "data-metric": loudest, "data-findings": over.map((finding) => finding.key).join(" "),
      "data-alarm": over.some((finding) => finding.alarm) ? "yes" : null,
      title: [...new Set(over.map((finding) => finding.text))].join("\n") }, part);
  });
}

function segmentPart(model, version, segment, found) {
  const places = found.flatMap((finding) => finding.places
    .filter((place) => place.version === version.id && place.segment === segment.segment)
    .map((place) => ({ start: place.start, stop: place.stop, finding })));
  const heading = segment.kind === "title" || segment.kind === "heading";
  return el("div", { class: "segment", "data-version": version.id, "data-segment": segment.segment,
    "data-kind": segment.kind, "data-opens": segment.opens ? "yes" : null,
    role: heading ? "heading" : null, "aria-level": heading ? (segment.kind === "title" ? 2 : 3) : null },
  words(segment.text, places));
}

function cell(model, unit, version, found) {
  const segments = side(unit, version.id);
  const node = el("div", { class: "text", role: "gridcell", lang: version.language, "data-version": version.id });
  if (segments.length) {
    node.append(el("span", { class: "who", lang: "en" }, version.name),
      ...segments.map((segment) => segmentPart(model, version, segment, found)));
  } else if (!unit.apparatus) {
    const elsewhere = movedTo(model, unit, version.id);
    const where = !elsewhere && absence(model, unit, version.id);
    node.append(el("span", { class: "who", lang: "en" }, version.name),
      el("span", { class: "none", lang: "en" }, elsewhere ? "moved · " : "no counterpart", where && ` · ${where}`,
        elsewhere && el("button", { type: "button", class: "link", "data-goto": elsewhere.id }, `see unit ${elsewhere.number}`)));
  } else node.classList.add("blank");
  return node;
}

// The unit where a version that is passed over here has the passage, if it was found at another place.
function movedTo(model, unit, id) {
  return model.units.find((other) => (unit.moved || []).includes(other.id) && side(other, id).length);
}

function bar(percentile) {
  const node = el("span", { class: "bar", "data-level": level(percentile), "aria-hidden": "true" }, el("i"));
  node.style.setProperty("--share", `${Number(percentile)}%`);
  return node;
}

// What a tag says: where one side is empty, it has a plainer name.
function tagWord(model, unit, hop, metric) {
  const missing = [hop.source, hop.target].find((id) => !side(unit, id).length);
  if (!missing) return metricName(model, metric).toLowerCase();
  if (movedTo(model, unit, missing)) return "moved";
  if (hop.kind !== "step") return "one-sided";
  return missing === hop.source ? "added" : "omitted";
}

function gutter(model, unit, hop) {
  if (!hop) return el("div", { class: "gap", role: "gridcell" });
  const score = unit.apparatus ? null : scored(unit, hop);
  const alarms = score ? alarmsOf(score) : [];
  const spoken = score && [`${hop.label}: ${ordinal(score.percentile)} percentile`, ...alarms.map((metric) => tagWord(model, unit, hop, metric))];
  const node = el("div", { class: "gutter", role: "gridcell", "data-hop": hop.id, "aria-label": spoken && spoken.join(", ") });
  if (!score) return node;
  node.dataset.level = level(score.percentile);
  node.append(bar(score.percentile), el("span", { class: "percentile",
    title: `${ordinal(score.percentile)} percentile of ${hop.label}` }, score.percentile),
  ...alarms.slice(0, TAGS).map((metric) => el("span", { class: "tag", "data-metric": metric,
    title: `${metricName(model, metric)} ${score.metrics[metric].toFixed(2)} at ${hop.label}` },
  tagWord(model, unit, hop, metric))));
  const more = alarms.slice(TAGS).map((metric) => metricName(model, metric)).join(", ");
  if (more) node.append(el("span", { class: "tag more", title: more }, `+${alarms.length - TAGS}`));
  return node;
}

function row(model, unit) {
  const found = findings(model, unit);
  const plain = /^1(:1)*$/.test(unit.kind) || unit.apparatus;
  const node = el("div", { class: "unit", role: "row", "data-unit": unit.id, "data-origin": unit.origin,
    "data-status": unit.status, "data-apparatus": unit.apparatus ? "yes" : null,
    "data-alarm": hasAlarm(model, unit) ? "yes" : null, tabindex: -1, "aria-selected": "false" },
  el("div", { class: "number", role: "rowheader", "aria-label": `Unit ${unit.number}${plain ? "" : `, ${unit.kind}`}` },
    el("b", null, unit.number), !plain && el("small", { class: "kind" }, unit.kind)));
  model.versions.forEach((version, place) => {
    if (place) node.append(gutter(model, unit, model.gutters[place - 1]));
    node.append(cell(model, unit, version, found));
  });
  return node;
}

// ---- head and minimap -----------------------------------------------------------------------

function versionHead(version) {
  const facts = [version.date, version.placeholder ? "" : version.status, version.by].filter(Boolean).join(" · ");
  return el("div", { class: "version", role: "columnheader", "data-version": version.id },
    el("div", { class: "role" }, el("span", null, el("b", null, version.role), ` (${version.name})`),
      version.placeholder && el("span", { class: "placeholder", title: version.mark }, "placeholder")),
    el("div", { class: "title", lang: version.language, title: version.title }, version.title),
    el("div", { class: "facts", title: facts }, facts));
}

function hopHead(model, hop) {
  if (!hop) return el("div", { class: "gap", role: "columnheader" });
  const target = model.version[hop.target];
  return el("div", { class: "hop", role: "columnheader", "data-hop": hop.id,
    title: `${hop.label}: ${model.version[hop.source].name} to ${target.name}.${hop.kind === "step"
      ? ` How this step is known: ${target.how_known || "unknown"}.` : ""}` },
  el("b", null, hop.label), el("span", null, `${hop.source}→${hop.target}`),
  hop.kind === "step" && target.how_known && el("small", null, target.how_known));
}

function headParts(model) {
  return [el("div", { class: "number", role: "columnheader" }, el("span", { class: "hidden" }, "Unit")),
    ...model.versions.flatMap((version, place) =>
      [place && hopHead(model, model.gutters[place - 1]), versionHead(version)].filter(Boolean))];
}

function mapMark(model, unit, place) {
  const found = worst(model, unit);
  const percentile = found ? found.score.percentile : 0;
  const node = el("i", { "data-unit": unit.id, "data-level": found ? level(percentile) : 0,
    title: `Unit ${unit.number}${found ? ` · ${ordinal(percentile)} at ${found.hop.label}` : ""}` });
  node.style.setProperty("--place", place / model.units.length);
  node.style.setProperty("--share", `${percentile}%`);
  return node;
}
