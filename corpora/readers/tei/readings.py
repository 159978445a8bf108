"""Which of several readings is taken: the editor's of what the source has, and one witness's of what they share."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from corpora.readers.tei.elements import XML, id_of, inner, name_of, parent_name, pointers, words

# What is taken of a choice, the first that there is: the edited reading.
EDITED = ("corr", "reg", "expan", "ex", "unclear", "orig", "seg", "abbr", "sic")
# How what was decided is said; the number of times stands before it.
DECIDED = {
    "corr": "corrections of the editor are read instead of what the source has",
    "reg": "spellings are read as the editor regularised them",
    "expan": "abbreviations are read as the editor spelt them out",
    "unclear": "passages that are hard to read are read as the editor does",
    "supplied": "passages that the editor supplied are read",
    "gap": "gaps in the source are marked with […]",
    "lem": "variant readings are left out beside the one that the editor chose",
    "joined": "words that a line's or page's end divides are read as one",
}
LEFT = {"del": "deleted passages", "surplus": "passages that the editor holds for superfluous"}
# Files of more witnesses are read in the editor's text alone: each is a version that somebody has to look at.
MOST_WITNESSES = 12


class Readings:
    """What is read where the file has several readings; counts what was decided.

    Args:
        witnesses: the ids of the witness whose text is read and of the groups it belongs to, empty for the editor's text.
    """

    def __init__(self, witnesses: frozenset[str] = frozenset()) -> None:
        self._witnesses = witnesses
        self.decided: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        # What is taken of each choice and apparatus entry that was met.
        self._taken: dict[Any, Any] = {}

    def is_read(self, element: Any, name: str) -> bool:
        """False for an element whose text is not read, with all that is in it."""
        around = parent_name(element)
        if around == "choice":
            return self._of_choice(element, name)
        if around in ("app", "rdgGrp") and name in ("lem", "rdg", "rdgGrp", "note", "wit", "witDetail"):
            return self._of_apparatus(element, name)
        if name in LEFT:
            # What was restored is no deletion.
            if name == "del" and any(name_of(one) == "restore" for one in element.iterancestors()):
                return True
            self.left[name] += 1
            return False
        if name in ("supplied", "unclear"):
            self.decided[name] += 1
        return name != "am"

    def _of_choice(self, element: Any, name: str) -> bool:
        choice = element.getparent()
        if choice not in self._taken:
            others = [one for one in choice if name_of(one)]
            self._taken[choice] = min(others, key=_rank)
            if len(others) > 1 and name_of(self._taken[choice]) in DECIDED:
                self.decided[name_of(self._taken[choice])] += 1
        return element is self._taken[choice]

    def _of_apparatus(self, element: Any, name: str) -> bool:
        if name not in ("lem", "rdg", "rdgGrp"):
            return False
        app = _app_of(element)
        if app is None:
            return False
        if app not in self._taken:
            readings = [one for one in app.iter() if name_of(one) in ("lem", "rdg") and _app_of(one) is app]
            self._taken[app] = self._chosen(readings)
            if not self._witnesses:
                self.decided["lem"] += max(0, len(readings) - 1)
        chosen = self._taken[app]
        return element is chosen or (chosen is not None and name == "rdgGrp" and element in chosen.iterancestors())

    def _chosen(self, readings: list[Any]) -> Any:
        if self._witnesses:
            for one in readings:
                if self._witnesses & {pointer.removeprefix("#") for pointer in pointers(one.get("wit"))}:
                    return one
            # Nothing is said of this witness: it has the text that the editor took, where that is nobody's own.
            return next((one for one in readings if name_of(one) == "lem" and not one.get("wit")), None)
        return next((one for one in readings if name_of(one) == "lem"), readings[0] if readings else None)


def _rank(element: Any) -> int:
    name = name_of(element)
    return EDITED.index(name) if name in EDITED else len(EDITED)


def _app_of(element: Any) -> Any:
    return next((one for one in element.iterancestors() if name_of(one) == "app"), None)


def witnesses(root: Any) -> Mapping[frozenset[str], str]:
    """The witnesses whose texts the file holds whole, in parallel segmentation: their ids, with their groups' -> a name.

    Empty where the file has fewer than two of them, or says that its apparatus is linked otherwise.
    """
    methods = {one.get("method") for one in inner(root, "*", "variantEncoding")}
    if methods - {"parallel-segmentation"}:
        return {}
    named = {
        pointer.removeprefix("#")
        for one in root.iter()
        if name_of(one) in ("rdg", "lem")
        for pointer in pointers(one.get("wit"))
    }
    found = {}
    for one in inner(root, "*", "witness"):
        if inner(one, "*", "witness"):
            continue
        groups = [above for above in one.iterancestors() if name_of(above) in ("listWit", "witness")]
        ids = frozenset(filter(None, (id_of(each) or each.get("n") for each in (one, *groups))))
        if ids & named:
            found[ids] = _witness_name(one)
    return found if len(found) > 1 else {}


def _witness_name(witness: Any) -> str:
    siglum = witness.get("n") or id_of(witness)
    said = words(witness)
    return siglum if not said or said == siglum else f"{siglum}: {said[:200]}"


def is_joined(element: Any) -> bool:
    """True for the end of a line or page that divides a word."""
    return element.get("break") == "no" or element.get(f"{XML}break") == "no"
