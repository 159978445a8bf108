"""What the specifications of TMX 1.4b and XLIFF 2.1 ask of a file, as tables; written for these tests.

Where the DTD or the schemas are at hand the tests ask them too; these tables hold in any case, and the rules on ids and
references besides, which no schema tells.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """What an element may hold: names of children in order, as a pattern of names that each end in a comma."""

    children: str = ""
    text: bool = False
    required: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


ANY = "[^,]*,"
LANG, SPACE = "xml:lang", "xml:space"
HISTORY = (
    "o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "creationtoolversion", "creationdate",
    "creationid", "changedate", "changeid", "o-tmf",
)  # fmt: skip
TMX: Mapping[str, Rule] = {
    "tmx": Rule("header,body,", required=("version",)),
    "header": Rule(
        "((note|prop|ude),)*",
        required=(
            "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
        ),
        allowed=("o-encoding", "creationdate", "creationid", "changedate", "changeid"),
    ),
    "body": Rule("(tu,)*"),
    "tu": Rule("((note|prop),)*(tuv,)+", allowed=("tuid", "segtype", "srclang", *HISTORY)),
    "tuv": Rule("((note|prop),)*seg,", required=(LANG,), allowed=HISTORY),
    "seg": Rule("((bpt|ept|ph|it|hi|ut),)*", text=True),
    "note": Rule(text=True, allowed=(LANG, "o-encoding")),
    "prop": Rule(text=True, required=("type",), allowed=(LANG, "o-encoding")),
}  # fmt: skip
INLINE = "((cp|ph|pc|sc|ec|mrk|sm|em),)*"
XLIFF: Mapping[str, Rule] = {
    "xliff": Rule("(file,)+", required=("version", "srcLang"), allowed=("trgLang", SPACE)),
    "file": Rule(
        "(skeleton,)?(mda:metadata,)?(notes,)?((unit|group),)+", required=("id",),
        allowed=("canResegment", "original", "translate", "srcDir", "trgDir", SPACE),
    ),
    "unit": Rule(
        "(mda:metadata,)?(notes,)?(originalData,)?((segment|ignorable),)+", required=("id",),
        allowed=("name", "canResegment", "translate", "srcDir", "trgDir", SPACE, "type"),
    ),
    "segment": Rule("source,(target,)?", allowed=("id", "canResegment", "state", "subState")),
    "source": Rule(INLINE, text=True, allowed=(LANG, SPACE)),
    "target": Rule(INLINE, text=True, allowed=(LANG, SPACE, "order")),
    "cp": Rule(required=("hex",)),
    "sm": Rule(required=("id",), allowed=("translate", "type", "ref", "value")),
    "em": Rule(required=("startRef",)),
    "notes": Rule("(note,)+"),
    "note": Rule(text=True, allowed=("id", "appliesTo", "category", "priority")),
    "mda:metadata": Rule("(mda:metaGroup,)+", allowed=("id",)),
    "mda:metaGroup": Rule("((mda:metaGroup|mda:meta),)+", allowed=("id", "category", "appliesTo")),
    "mda:meta": Rule(text=True, required=("type",)),
}  # fmt: skip
PREFIXES = {
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "urn:oasis:names:tc:xliff:document:2.0": "",
    "urn:oasis:names:tc:xliff:metadata:2.0": "mda:",
}
NMTOKEN = re.compile(r"[-.\w:]+")
STATES = ("initial", "translated", "reviewed", "final")


def faults(root, rules: Mapping[str, Rule]) -> list[str]:
    """What breaks the rules, a line each."""
    found = []
    for element in root.iter():
        name = short(element.tag)
        if name not in rules:
            found.append(f"{name} is unknown")
            continue
        rule = rules[name]
        inner = "".join(f"{short(child.tag)}," for child in element)
        if not re.fullmatch(rule.children, inner):
            found.append(f"{name} holds {inner}")
        texts = [element.text, *(child.tail for child in element)]
        if not rule.text and any(text and text.strip() for text in texts):
            found.append(f"{name} holds text")
        attributes = {short(key) for key in element.attrib}
        found += [f"{name} lacks {key}" for key in rule.required if key not in attributes]
        found += [f"{name} has {key}" for key in attributes - {*rule.required, *rule.allowed}]
    return [*found, *(_tmx(root) if rules is TMX else _xliff(root))]


def short(tag: str) -> str:
    """A name with the usual prefix of its namespace."""
    namespace, _, name = tag.rpartition("}")
    return PREFIXES[namespace.removeprefix("{")] + name if namespace else name


def _tmx(root) -> list[str]:
    header = root.find("header")
    found = [] if root.get("version") == "1.4" else ["version"]
    found += [] if header.get("segtype") in ("block", "paragraph", "sentence", "phrase") else ["segtype"]
    dates = [header.get("creationdate", "20260101T000000Z")]
    found += [f"date {date}" for date in dates if not re.fullmatch(r"\d{8}T\d{6}Z", date)]
    ids = [unit.get("tuid") for unit in root.iter("tu")]
    found += ["an id twice"] if len(ids) != len(set(ids)) else []
    # Names that the specification does not define begin with "x-".
    found += [f"property {prop.get('type')}" for prop in root.iter("prop") if not prop.get("type").startswith("x-")]
    languages = {one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in root.iter("tuv")}
    sources = {unit.get("srclang", header.get("srclang")) for unit in root.iter("tu")}
    return found + ([f"source language {sources - languages}"] if sources - languages else [])


def _xliff(root) -> list[str]:
    core = "{urn:oasis:names:tc:xliff:document:2.0}"
    found = [] if root.get("version") == "2.1" else ["version"]
    for file in root.iter(f"{core}file"):
        found += _twice("unit", [unit.get("id") for unit in file.iter(f"{core}unit")])
    for notes in root.iter(f"{core}notes"):
        found += _twice("note", [note.get("id") for note in notes])
    found += [f"id {one.get('id')}" for one in root.iter(f"{core}*") if not NMTOKEN.fullmatch(one.get("id", "none"))]
    for unit in root.iter(f"{core}unit"):
        starts = {one.get("id") for one in unit.iter(f"{core}sm")}
        ends = [one.get("startRef") for one in unit.iter(f"{core}em")]
        found += _twice("mark", [one.get("id") for one in unit.iter(f"{core}sm", f"{core}segment")])
        found += [] if sorted(ends) == sorted(starts) else [f"marks {starts} end as {ends}"]
        notes = {f"#n={note.get('id')}" for note in unit.iter(f"{core}note")}
        found += [f"no note {one.get('ref')}" for one in unit.iter(f"{core}sm") if one.get("ref") not in notes]
        for segment in unit.iter(f"{core}segment"):
            state, target = segment.get("state", "initial"), segment.find(f"{core}target")
            found += [] if state in STATES else [f"state {state}"]
            # A segment that is more than begun has a target (4.3.1.7).
            found += [f"{state} without a target"] if state != "initial" and target is None else []
    return found


def _twice(what: str, ids: list[str]) -> list[str]:
    return [f"{what} id {id} twice" for id in {*ids} if ids.count(id) > 1]
