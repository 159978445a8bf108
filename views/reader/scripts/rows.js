// Rows: a unit in, elements out. Nothing here holds state or knows Streamlit.

const TAGS = 2; // tags in a gutter before the rest is counted

// Cuts a text where findings and notes begin and end, so that overlapping ones share their words.
// Offsets count UTF-16 units, as `slice` does.
function words(model, text, places) {
  const inside = places.map((place) => ({ ...place, start: Math.max(0, place.start), stop: Math.min(text.length, place.stop) }))
    .filter((place) => place.start < place.stop);
  const cuts = [...new Set([0, text.length, ...inside.flatMap((place) => [place.start, place.stop])])].sort((a, b) => a - b);
  return cuts.slice(1).map((stop, index) => {
    const part = text.slice(cuts[index], stop);
    const over = inside.filter((place) => place.start <= cuts[index] && stop <= place.stop);
    if (!over.length) return part;
    const found = over.filter((place) => place.finding).map((place) => place.finding);
    const notes = over.filter((place) => place.note).map((place) => place.note);
    const changes = over.filter((place) => place.change).map((place) => place.change);
    const loudest = ALARMING.find((metric) => found.some((finding) => finding.metric === metric)) || (found[0] || {}).metric;
    const told = [...new Set(found.map((finding) => finding.text)), ...notes.map((note) => `Note: ${noteTitle(model, note)}`),
      ...changes.map((change) => changeSaid(model, change))];
    return el("mark", { "data-metric": loudest, "data-change": (changes[0] || {}).kind, "data-findings": found.map((finding) => finding.key).join(" ") || null,
      "data-notes": notes.map((note) => note.id).join(" ") || null,
      "data-alarm": found.some((finding) => finding.alarm) ? "yes" : null, title: told.join("\n") }, part);
  });
}

function segmentPart(model, unit, version, k, found, changed) {
  const segment = side(unit, version.id)[k];
  const places = found.flatMap((finding) => finding.places
    .filter((place) => place.version === version.id && place.segment === k)
    .map((place) => ({ start: place.start, stop: place.stop, finding })));
  places.push(...changed.filter((place) => place.version === version.id && place.segment === k));
  for (const note of unit.notes) {
    for (const place of note.places) {
      if (place.version === version.id && place.segment === segmentIndex(unit, version.id, k)) places.push({ start: place.start, stop: place.stop, note });
    }
  }
  const heading = segment.kind === "title" || segment.kind === "heading";
  return el("div", { class: "segment", "data-version": version.id, "data-k": k,
    "data-kind": segment.kind, "data-opens": segment.opens ? "yes" : null,
    role: heading ? "heading" : null, "aria-level": heading ? (segment.kind === "title" ? 2 : 3) : null },
  words(model, segment.text, places));
}

function cell(model, unit, version, found, changed) {
  const segments = side(unit, version.id);
  const node = el("div", { class: "text", role: "gridcell", lang: version.language, "data-version": version.id, "data-column": model.versions.indexOf(version) });
  if (segments.length) {
    node.append(el("span", { class: "who", lang: "en" }, version.name),
      ...segments.map((_, k) => segmentPart(model, unit, version, k, found, changed)));
  } else if (!unit.apparatus) {
    const elsewhere = movedTo(model, unit, version.id);
    const where = !elsewhere && absence(model, unit, version.id);
    node.append(el("span", { class: "who", lang: "en" }, version.name),
      el("span", { class: "none", lang: "en" }, elsewhere ? "moved · " : "no counterpart", where && ` · ${where}`,
        elsewhere && el("button", { type: "button", class: "link", "data-goto": elsewhere.id }, `see unit ${elsewhere.number}`)));
  } else node.classList.add("blank");
  return node;
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

const VERDICTS = { shift: "shift", error: "error", dismissed: "dismissed" };

function gutter(model, unit, hop) {
  if (!hop) return el("div", { class: "gap", role: "gridcell" });
  const score = unit.apparatus ? null : scored(unit, hop);
  const alarms = score ? alarmsOf(score) : [];
  const decided = (metric) => ((score.issues || {})[metric] || {}).verdict || "";
  const said = (metric) => tagWord(model, unit, hop, metric) + (decided(metric) && `: ${decided(metric)}`);
  const spoken = score && [`${hop.label}: ${ordinal(score.percentile)} percentile`, ...alarms.map(said)];
  const node = el("div", { class: "gutter", role: "gridcell", "data-hop": hop.id,
    "aria-label": unit.stale ? `${hop.label}: being measured` : spoken && spoken.join(", ") });
  if (unit.stale) node.append(el("span", { class: "stale", title: "changed; being measured again" }, "…"));
  if (!score) return node;
  node.dataset.level = level(score.percentile);
  const order = [...alarms.filter((metric) => !decided(metric)), ...alarms.filter(decided)];
  node.append(bar(score.percentile), el("span", { class: "percentile",
    title: `${ordinal(score.percentile)} percentile of ${hop.label}` }, String(score.percentile)),
  ...order.slice(0, TAGS).map((metric) => el("span", { class: "tag", "data-metric": metric, "data-verdict": decided(metric) || null,
    title: `${metricName(model, metric)} ${score.metrics[metric].toFixed(2)} at ${hop.label}${decided(metric) && `; judged: ${VERDICTS[decided(metric)]}`}` },
  tagWord(model, unit, hop, metric))));
  const more = order.slice(TAGS).map((metric) => metricName(model, metric)).join(", ");
  if (more) node.append(el("span", { class: "tag more", title: more }, `+${alarms.length - TAGS}`));
  return node;
}

const UNSURE = 0.6; // among units below it stand most of the aligner's errors
const isUnsure = (unit) => unit.origin === "automatic" && unit.status !== "confirmed" && unit.confidence < UNSURE;

// The number of a unit, and beneath it its kind, how sure it is, state, bookmark and notes: as signs, and in words.
function numberCell(unit) {
  const plain = /^1(:1)*$/.test(unit.kind) || unit.apparatus;
  const signs = [unit.status === "confirmed" && ["✓", "confirmed"], unit.status === "needs discussion" && ["?", "needs discussion"],
    isUnsure(unit) && [percent(unit.confidence), "how sure the aligner is of this unit"], unit.origin === "manual" && ["✎", "set by hand"], unit.marked && ["⚑", "bookmarked"],
    unit.notes.length && [`✉${unit.notes.length > 1 ? unit.notes.length : ""}`, unit.notes.length === 1 ? "1 note" : `${unit.notes.length} notes`]].filter(Boolean);
  return el("div", { class: "number", role: "rowheader",
    "aria-label": [`Unit ${unit.number}`, !plain && unit.kind, ...signs.map(([, said]) => said)].filter(Boolean).join(", ") },
  el("b", null, unit.number), !plain && el("small", { class: "kind" }, unit.kind),
  signs.length > 0 && el("span", { class: "signs" }, signs.map(([sign, said]) => el("span", { title: said }, sign))));
}

function row(model, unit) {
  const found = findings(model, unit);
  const changed = changedPlaces(model, unit);
  const node = el("div", { class: "unit", role: "row", "data-unit": unit.id, "data-origin": unit.origin,
    "data-status": unit.status, "data-apparatus": unit.apparatus ? "yes" : null, "data-stale": unit.stale ? "yes" : null, "data-unsure": isUnsure(unit) ? "yes" : null,
    "data-alarm": hasAlarm(model, unit) ? "yes" : null, tabindex: -1, "aria-selected": "false" }, numberCell(unit));
  model.versions.forEach((version, place) => {
    if (place) node.append(gutter(model, unit, model.gutters[place - 1]));
    node.append(cell(model, unit, version, found, changed));
  });
  return node;
}
