// The detail pane: how far a unit departs, why, what people said of it, and what can be done.

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
    el("h4", null, "How far"), unit.stale && el("p", { class: "quiet stale-line" }, "Changed; being measured again …"),
    el("table", { class: "ledger" }, el("tbody", null, rows)),
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

// What is asked of a person about an issue: shift, error, or neither. The first undecided one has the keys 1 2 3.
function verdictButtons(issue, keyed) {
  const choices = [["shift", "Shift", "1"], ["error", "Error", "2"], ["dismissed", "Dismiss", "3"]];
  return el("div", { class: "verdicts", role: "group", "aria-label": `Your verdict on ${issue.kind} at ${issue.hop.label}` },
    choices.map(([verdict, name, key]) => el("button", { type: "button", class: "choice", "data-do": "verdict", "data-hop": issue.hop.id,
      "data-issue": issue.kind, "data-verdict": verdict, "aria-pressed": String(issue.verdict === verdict),
      title: `${name}${issue.verdict === verdict ? ": press again to take it back" : ""}` }, name, keyed && el("kbd", null, key))),
    el("button", { type: "button", class: "choice plain", "data-do": "suggest", "data-hop": issue.hop.id, "data-issue": issue.kind,
      title: "Keep this as a note, to be changed as you like" }, "as a note", keyed && el("kbd", null, "A")),
    issue.verdict && issue.by && el("span", { class: "quiet" }, issue.by));
}

// The issue that the keys 1 2 3 and A are about: the one in focus, else the first undecided, else the first.
function keyedIssue(state) {
  const { model, selected, pane, parent } = state;
  const found = model.unit[selected] ? issues(model, model.unit[selected]) : [];
  const focused = parent.activeElement && pane.contains(parent.activeElement) && parent.activeElement.closest(".group[data-issue]");
  return (focused && found.find((issue) => issue.kind === focused.dataset.issue && issue.hop.id === focused.dataset.hop))
    || found.find((issue) => !issue.verdict) || found[0];
}

// What is heard from a third version may make an issue of a hop whose own words do not show it.
const HEARD = "No words of these two versions show it by themselves: it follows from what the other versions of this unit say.";

function reasons(model, unit) {
  const found = findings(model, unit);
  const asked = issues(model, unit);
  const first = asked.find((issue) => !issue.verdict) || asked[0];
  const section = el("section", { class: "why-so" }, el("h4", null, "Why"));
  if (!found.length && !asked.length) section.append(el("p", { class: "quiet" }, unit.stale ? "Not measured yet." : "No place in the text was pointed out for this unit."));
  for (const hop of model.hops) {
    const here = found.filter((finding) => finding.hop === hop);
    const own = asked.filter((issue) => issue.hop === hop);
    if (!here.length && !own.length) continue;
    section.append(el("h5", { "data-hop": hop.id }, hop.label, " ",
      el("small", null, `${model.version[hop.source].name} to ${model.version[hop.target].name}`)));
    if (here.length && !model.steps.includes(hop)) section.append(el("p", { class: "quiet whole-way" }, "Seen over the whole way; it is judged at the step that brought it in, or here with the versions between hidden."));
    const loud = (metric) => (scored(unit, hop).metrics || {})[metric] || 0;
    const metrics = [...new Set([...own.map((issue) => issue.kind), ...here.map((finding) => finding.metric)])]
      .sort((one, other) => loud(other) - loud(one));
    for (const metric of metrics) {
      const issue = own.find((each) => each.kind === metric);
      section.append(el("div", { class: "group", "data-hop": hop.id, "data-metric": metric, "data-issue": issue && metric, role: "group",
        "data-verdict": (issue && issue.verdict) || null, "aria-label": `${metricName(model, metric)}, ${hop.label}` },
      el("div", { class: "metric" }, el("span", { class: "sample", "data-metric": metric }, metricName(model, metric)),
        metric in (scored(unit, hop).metrics || {}) && el("span", { class: "value" }, loud(metric).toFixed(2))),
      here.filter((finding) => finding.metric === metric).map((finding) => card(model, unit, finding)),
      issue && !here.some((finding) => finding.metric === metric) && el("p", { class: "quiet unseen" }, HEARD),
      issue && verdictButtons(issue, issue === first)));
    }
  }
  return section;
}

function links(model, unit) {
  const others = (unit.moved || []).map((id) => model.unit[id]).filter(Boolean);
  return others.length > 0 && el("section", { class: "links" }, el("h4", null, "Moved"), others.map((other) => el("p", null,
    el("button", { type: "button", class: "link", "data-goto": other.id }, `The same passage stands in unit ${other.number}`), " ",
    el("button", { type: "button", class: "choice", "data-do": "unlink", "data-other": other.id }, "take back the link"))));
}

// What was done to the unit; asked for when it is opened.
function history(state, unit) {
  const known = state.answers.history && state.answers.history.unit === unit.id ? state.answers.history : null;
  return el("details", { class: "history", "data-ask": "history", open: state.opened.has("history") ? "" : null }, el("summary", null, "History"),
    !known || known.said ? el("p", { class: "quiet" }, known ? known.said : "…") : known.history.length
      ? el("ol", { reversed: "" }, known.history.map((one) => el("li", null, el("span", null, one.said), " ", el("small", null, [one.by, clock(one.at)].filter(Boolean).join(", ")))))
      : el("p", { class: "quiet" }, "Nobody changed anything here; this is what the machine found."));
}

// What can be done with the unit and with the side that the cursor is in.
function actions(state, unit) {
  const { model, cursor } = state;
  if (unit.apparatus) {
    return el("section", { class: "actions" }, el("h4", null, "Alignment"), el("div", { class: "row" },
      act("take-up", "Take into the unit above"), act("take-down", "Take into the unit below"), act("edit", "Edit text", { key: "E" })));
  }
  const version = model.version[cursor.version];
  const count = side(unit, cursor.version).length;
  const confirmed = unit.status === "confirmed";
  return el("section", { class: "actions" },
    el("div", { class: "row" },
      act("confirm", confirmed ? "Confirmed" : "Confirm", { key: "S", "aria-pressed": String(confirmed) }),
      act("discuss", "Discuss", { key: "⇧S", "aria-pressed": String(unit.status === "needs discussion") }),
      act("bookmark", "Bookmark", { key: "M", "aria-pressed": String(unit.marked) }),
      act("note", "Note", { key: "N" })),
    el("h4", null, "Alignment ", el("small", null, count ? `${version.name}, ${count > 1 ? `segment ${cursor.k + 1} of ${count}` : "one segment"}` : `${version.name}, no counterpart`)),
    el("div", { class: "row" },
      act("shift-up", "First up", { key: "⌃↑", label: "Shift the first segment of this side to the unit above" }),
      act("push-down", "Last down", { key: "⌃↓", label: "Push the last segment of this side to the unit below" }),
      act("split", "Split here", { key: "↵", label: "Split: from this segment on, into a unit below" }),
      act("side-up", "Side up", { key: "⌫", label: "Move this whole side to the unit above" }),
      act("empty", "Empty side", { key: "⌃↵", label: "Leave an empty side here; this side gets a unit of its own" }),
      act("merge-up", "Merge with above", { key: "⌃⌫" }),
      act("merge-down", "Merge with below", { key: "⌃⌦" }),
      act("link", state.linking ? "Link here" : "Link", { key: "L", label: "Link with another unit as the same passage, moved" }),
      act("edit", "Edit text", { key: "E" })),
    realignment(state));
}

// The whole pane for one unit.
function paneParts(state) {
  const { model } = state;
  const unit = model.unit[state.selected];
  const line = unit && placeholderLine(model, (id) => side(unit, id).length);
  const button = (does, sign, name) => el("button", { type: "button", "data-do": does, title: name, "aria-label": name }, sign);
  if (!unit) return [el("p", { class: "quiet" }, "No unit is selected.")];
  const facts = unit.apparatus ? ["front matter or apparatus", "set aside, not compared"]
    : [unit.kind, { manual: "set by hand", given: "as its file gave it" }[unit.origin] || `confidence ${percent(unit.confidence)}, automatic`, unit.status];
  return [
    el("div", { class: "top" }, el("h3", null, `Unit ${unit.number}`), el("span", { class: "moves" },
      button("previous", "‹", "Previous unit (k)"), button("next", "›", "Next unit (j)"), button("close", "×", "Close details (Esc)"))),
    el("p", { class: "sub" }, facts.join(" · ")),
    line && el("p", { class: "stand-in" }, line),
    ...(unit.apparatus ? [] : [ledger(model, unit), origin(unit), reasons(model, unit), links(model, unit)]),
    noteSection(state, unit),
    actions(state, unit),
    ...(unit.apparatus ? [] : [measures(model, unit), aidsSection(state, unit), history(state, unit)]),
    state.aids.line,
  ].filter(Boolean);
}
