// What stands around the rows: the heads of the columns, the minimap, the status line.

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

// A unit's mark in the minimap: by its worst hop, by one hop, by how sure the alignment is, or by what people decided.
function mapMark(model, unit, { place, count, colour, hidden }) {
  const { share, rank, said } = measureOf(model, unit, colour);
  const node = el("i", { "data-unit": unit.id, "data-level": rank, "data-hidden": hidden ? "yes" : null, title: `Unit ${unit.number}${said && ` · ${said}`}` });
  node.style.setProperty("--place", place / count);
  node.style.setProperty("--share", `${share}%`);
  return node;
}

function measureOf(model, unit, colour) {
  if (unit.apparatus) return { share: 0, rank: 0, said: "set aside" };
  if (colour === "confidence") {
    const doubt = 1 - unit.confidence;
    return { share: 100 * doubt, rank: 1 + [0.1, 0.25, 0.4].filter((bound) => doubt >= bound).length, said: `confidence ${percent(unit.confidence)}` };
  }
  if (colour === "state") {
    const done = unit.status === "confirmed";
    return { share: done ? 100 : 30, rank: done ? "human" : 1, said: unit.status };
  }
  const hop = model.hops.find(({ id }) => id === colour);
  const found = hop ? { hop, score: scored(unit, hop) } : worst(model, unit);
  if (!found || !found.score) return { share: 0, rank: 0, said: "" };
  const { percentile } = found.score;
  return { share: percentile, rank: level(percentile), said: `${ordinal(percentile)} at ${found.hop.label}` };
}

function placeholderLine(model, shown) {
  const names = model.all.filter((version) => version.placeholder && shown(version.id)).map((version) => version.name);
  return names.length ? `${names.join(", ")}: placeholder text, not archival` : "";
}
