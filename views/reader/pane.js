// The detail pane: how far a unit departs, by which measures, and why.

function placeholderLine(model, shown) {
  const names = model.versions.filter((version) => version.placeholder && shown(version.id)).map((version) => version.name);
  return names.length ? `${names.join(", ")}: placeholder text, not archival` : "";
}

function percent(share) {
  const whole = Math.round(100 * share);
  // What is not certain is not shown as such.
  return whole === 100 && share < 1 ? "over 99 %" : `${whole} %`;
}

function pair(hop) {
  return el("small", null, `${hop.source}→${hop.target}`);
}

function ledger(model, unit) {
  const rows = model.hops.map((hop) => {
    const score = scored(unit, hop);
    return el("tr", { "data-hop": hop.id, "data-level": score && level(score.percentile) },
      el("th", { scope: "row" }, hop.label, " ", pair(hop)),
      el("td", null, score ? bar(score.percentile) : el("span", { class: "nothing" }, "nothing to compare")),
      el("td", { class: "ordinal" }, score ? ordinal(score.percentile) : "–"));
  });
  return el("section", { class: "far" },
    el("h4", null, "How far"), el("table", { class: "ledger" }, el("tbody", null, rows)),
    el("p", { class: "quiet" }, "The percentile ranks this unit within its hop. Hops are not comparable with one another."));
}

// Which step of the chain brought the difference in.
function origin(unit) {
  return unit.brought && el("section", { class: "brought" }, el("h4", null, "Where it came in"), el("p", null, unit.brought));
}

function measures(model, unit) {
  const hops = model.hops.filter((hop) => scored(unit, hop));
  const names = Object.keys(model.metrics).filter((metric) => hops.some((hop) => metric in (scored(unit, hop).metrics || {})));
  const value = (number, alarm) => el("td", { "data-alarm": alarm ? "yes" : null },
    typeof number !== "number" ? el("span", { title: "does not apply" }, "–") : number.toFixed(2));
  if (!hops.length) return null;
  return el("section", { class: "measures" }, el("h4", null, "Measures"), el("div", { class: "wide" }, el("table", null,
    el("thead", null, el("tr", null, el("th", { scope: "col" }, "0 same, 1 different"),
      hops.map((hop) => el("th", { scope: "col", title: `${hop.source}→${hop.target}` }, hop.label)))),
    el("tbody", null,
      el("tr", { class: "whole" }, el("th", { scope: "row" }, "Divergence"), hops.map((hop) => value(scored(unit, hop).divergence))),
      names.map((metric) => el("tr", { "data-metric": metric }, el("th", { scope: "row" }, metricName(model, metric)),
        hops.map((hop) => value(scored(unit, hop).metrics[metric], isAlarm(metric, scored(unit, hop).metrics[metric])))))))));
}

// One finding as a button: its words in every version, then what they tell.
function card(model, unit, finding) {
  const quotes = finding.places.map((place) => ({ place, said: quote(unit, place) })).filter(({ said }) => said);
  return el("button", { type: "button", class: "card", "data-finding": finding.key, title: "Show these words in the text" },
    el("span", { class: "why" }, finding.text),
    quotes.map(({ place, said }) => el("span", { class: "quote" }, el("b", null, place.version),
      el("q", { lang: model.version[place.version].language, "data-metric": finding.metric }, said))));
}

function reasons(model, unit) {
  const found = findings(model, unit);
  const section = el("section", { class: "why-so" }, el("h4", null, "Why"));
  if (!found.length) section.append(el("p", { class: "quiet" }, "No place in the text was pointed out for this unit."));
  for (const hop of model.hops) {
    const here = found.filter((finding) => finding.hop === hop);
    if (!here.length) continue;
    section.append(el("h5", { "data-hop": hop.id }, hop.label, " ",
      el("small", null, `${model.version[hop.source].name} to ${model.version[hop.target].name}`)));
    const metrics = [...new Set(here.map((finding) => finding.metric))];
    const loud = (metric) => here.find((finding) => finding.metric === metric).value || 0;
    metrics.sort((one, other) => loud(other) - loud(one));
    for (const metric of metrics) {
      section.append(el("div", { class: "group", "data-hop": hop.id, "data-metric": metric, role: "group",
        "aria-label": `${metricName(model, metric)}, ${hop.label}` },
      el("div", { class: "metric" }, el("span", { class: "sample", "data-metric": metric }, metricName(model, metric)),
        metric in (scored(unit, hop).metrics || {}) && el("span", { class: "value" }, loud(metric).toFixed(2))),
      here.filter((finding) => finding.metric === metric).map((finding) => card(model, unit, finding))));
    }
  }
  return section;
}

// The whole pane for one unit. A later part (notes, verdicts, actions) is one more section in this list.
function paneParts(model, unit) {
  const line = unit && placeholderLine(model, (id) => side(unit, id).length);
  const button = (does, sign, name) => el("button", { type: "button", "data-do": does, title: name, "aria-label": name }, sign);
  if (!unit) return [el("p", { class: "quiet" }, "No unit is selected.")];
  const facts = unit.apparatus ? ["front matter or apparatus", "set aside, not compared"]
    : [unit.kind, `confidence ${percent(unit.confidence)}`, unit.origin];
  return [
    el("div", { class: "top" }, el("h3", null, `Unit ${unit.number}`), el("span", { class: "moves" },
      button("previous", "‹", "Previous unit (k)"), button("next", "›", "Next unit (j)"), button("close", "×", "Close details (Esc)"))),
    el("p", { class: "sub" }, facts.join(" · ")),
    line && el("p", { class: "stand-in" }, line),
    ...(unit.apparatus ? [] : [ledger(model, unit), origin(unit), reasons(model, unit), measures(model, unit)]),
  ].filter(Boolean);
}
