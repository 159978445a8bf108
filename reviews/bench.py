"""One document at one level, as it stands after every operation."""

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import RLock

from aligners.alignment import Alignment
from corpora.errors import ConflictError
from divergence.context import Context
from divergence.score import Divergence
from reviews import corrections, machine
from reviews.machine import Machine
from reviews.operation import Operation, Stored, hand
from reviews.review import Review
from reviews.standing import Texts, moved, texts
from reviews.work import Row, Work, begun, woven

# Works kept, one after each operation, so that undoing does not begin at the beginning.
REMEMBERED = 200
# Undoing is itself stored, and these name the operation they are about.
TURNS = ("undo", "redo")


class Bench:
    """One document at one level, as it stands after every operation. `lock` is held by whoever reads or moves it."""

    def __init__(
        self, document: str, found: Machine, level: str, measures: Mapping[str, tuple[Divergence, ...]]
    ) -> None:
        self.document, self.level, self.found = document, level, found
        self.lock = RLock()
        self.start = begun(found.document, level, found.alignment)
        self.log: list[Stored] = []
        self.works: list[Work] = [self.start]  # after each operation of `live`, the last REMEMBERED of them
        self.live: list[Operation] = []
        self.touched: dict[int, tuple[str, ...]] = {}
        self.said: dict[int, str] = {}
        self.runs: dict[int, str] = {}
        # The texts after each operation, the last REMEMBERED; and those that each operation was made on.
        self.texts: dict[int, Texts] = {0: texts(self.start.versions)}
        self._made_on: dict[int, Texts] = {}
        # The last operation that touched a row or a note: its id and run.
        self.last: dict[str, tuple[int, str]] = {}
        # What is usual, and the values that a unit is ranked among, by the tree of the versions they were measured in.
        self.contexts: dict[machine.Tree, Context] = {machine.tree(found.document): found.context}
        self._ranks: dict[machine.Tree, machine.Ranks] = {machine.tree(found.document): found.ranks}
        self.measures: dict[str, tuple[Divergence, ...]] = {**self._of_machine(), **measures}
        self._review: tuple[int, int, Review] | None = None
        self._keys: dict[str, tuple[tuple[object, ...], str]] = {}
        self._placed: dict[str, tuple[object, tuple[Divergence, ...]]] = {}

    @property
    def work(self) -> Work:
        """The work as it stands."""
        return self.works[-1]

    @property
    def revision(self) -> int:
        """The id of the last operation."""
        return self.log[-1].operation.id if self.log else 0

    def add(self, stored: Stored, outcome: corrections.Outcome | None = None) -> str:
        """Does what an operation says and returns what was done; nothing changes where it cannot be done.

        `outcome` is what it comes to, where that is known already.

        Raises:
            WorkbenchError: it cannot be done.
        """
        one = stored.operation
        if one.kind in TURNS:
            about = int(one.values["operation"])
            touched, said = self._turn(one.kind, about), self.said.get(about, "")
            said = f"took back: {said}" if one.kind == "undo" else f"did again: {said}"
        else:
            self._made_on[one.id] = texts(self.work.versions)
            outcome = outcome or corrections.apply(self.work, one)
            self.live.append(one)
            self.works = [*self.works[-REMEMBERED:], outcome.work]
            touched, said = outcome.touched, outcome.said
            self.touched[one.id] = touched
        self.said[one.id], self.runs[one.id] = said, stored.run
        self.log.append(stored)
        self.texts[one.id] = texts(self.work.versions)
        for old in [id for id in self.texts if id <= one.id - REMEMBERED]:
            del self.texts[old]
        for id in touched:
            self.last[id] = one.id, stored.run
        return said

    def _turn(self, kind: str, about: int) -> tuple[str, ...]:
        """Takes an operation back, or does it again, in its old place among the others."""
        if kind == "undo":
            live = [one for one in self.live if one.id != about]
        else:
            again = next(one.operation for one in self.log if one.operation.id == about)
            live = sorted([*self.live, again], key=lambda one: one.id)
        place = next(
            (n for n, (a, b) in enumerate(zip(live, self.live, strict=False)) if a != b), min(len(live), len(self.live))
        )
        from_end = len(self.live) - place
        works = self.works[: len(self.works) - from_end] if from_end < len(self.works) else [self.start]
        rest = live[place:] if from_end < len(self.works) else live
        done = live[: len(live) - len(rest)]
        for one in rest:
            # As it was stored: what it was moved by before is no matter.
            again = moved(self._stored_as(one.id), self._made_on[one.id], texts(works[-1].versions))
            works.append(corrections.apply(works[-1], again).work)
            done.append(again)
        self.live, self.works = done, works[-REMEMBERED:]
        return self.touched.get(about, ())

    def _stored_as(self, id: int) -> Operation:
        """An operation as it is stored."""
        place = bisect.bisect_left(self.log, id, key=lambda stored: stored.operation.id)
        return self.log[place].operation

    def to_undo(self, author: str, run: str = "") -> Operation | None:
        """The last operation of a person that can be taken back from this level.

        Args:
            author: what the person is called, "" where they did not say.
            run: a run of a page in their browser.
        """
        ours = (one for one in reversed(self.live) if self._is_own(one, author, run) and self._is_seen(one))
        return next(ours, None)

    def to_redo(self, author: str, run: str = "") -> Operation | None:
        """The operation of a person that was taken back last, unless they did something new since; as `to_undo`."""
        undone: list[int] = []
        for stored in self.log:
            one = stored.operation
            if not self._is_own(one, author, run):
                continue
            if one.kind == "undo":
                undone.append(int(one.values["operation"]))
            elif one.kind == "redo":
                undone.pop()
            else:
                undone.clear()
        if not undone:
            return None
        return next(one.operation for one in self.log if one.operation.id == undone[-1])

    def news(self, since: int, run: str) -> list[str]:
        """What others did after a revision, each as a sentence; `run` is that of the page that asks."""
        return [
            f"{one.operation.author or 'Somebody'} {self.said[one.operation.id]}."
            for one in self.log
            if one.operation.id > since and one.run != run and not (hand(run) and hand(one.run) == hand(run))
        ]

    def _is_own(self, one: Operation, author: str, run: str) -> bool:
        """True for what this person did: in the same browser, or under the same name.

        Where a browser is not known, those without a name are one.
        """
        by, own = hand(self.runs[one.id]), hand(run)
        if by and own:
            return by == own or (bool(author) and one.author == author)
        return one.author == author

    def _is_seen(self, one: Operation) -> bool:
        return one.level == self.level or one.kind not in corrections.LEVELLED

    def touched_by(self, one: Operation) -> tuple[str, ...]:
        """The ids of the rows and notes that an operation changed; of one taken back or done again, those of that one."""
        return self.touched.get(int(one.values["operation"]) if one.kind in TURNS else one.id, ())

    def check(self, touched: Sequence[str], seen: int, run: str) -> None:
        """Returns nothing when nobody else touched these since the page was shown.

        Raises:
            ConflictError: somebody did; the message says who, when and what.
        """
        for id in touched:
            last, by = self.last.get(id, (0, ""))
            if last > seen and by != run:
                other = next(one.operation for one in self.log if one.operation.id == last)
                who = other.author or "somebody"
                about = int(other.values["operation"]) if other.kind in TURNS else other.id
                turned = {"undo": "took back: ", "redo": "did again: "}.get(other.kind, "")
                raise ConflictError(
                    f"Not done, because at {other.created[11:16]} UTC {who} {turned}{self.said.get(about, 'changed this')}. "
                    "Look at it as it is now and try again."
                )

    def history(self, id: str) -> list[tuple[Operation, str]]:
        """The operations that touched a row, and what each did."""
        names = {id} | {old for old, new in self.work.names.items() if self.work.names.get(old) == id or new == id}
        found = []
        for stored in self.log:
            one = stored.operation
            about = int(one.values["operation"]) if one.kind in TURNS else one.id
            if names & set(self.touched.get(about, ())):
                turned = {"undo": "took back: ", "redo": "did again: "}.get(one.kind, "")
                found.append((one, turned + self.said.get(about, "")))
        return found

    def review(self) -> Review:
        """The review as it stands; units that were not measured since they changed are stale."""
        stamp = self.revision, len(self.measures)
        if self._review is not None and self._review[:2] == stamp:
            return self._review[2]
        work = self.work
        ids, units = woven(work)
        places = {id: place for place, id in enumerate(ids)}
        found: list[Divergence] = []
        stale = set()
        for row in work.rows:
            measured = self.measured(row)
            if measured is None:
                stale.add(row.id)
                continue
            found += [replace(one, unit=places[row.id]) for one in measured]
        made = Review(
            work.document, self.level, Alignment(self.found.alignment.versions, tuple(units), self.found.alignment.signature),
            tuple(found), tuple(ids), frozenset(stale), tuple(work.notes.values()), work.verdicts, work.bookmarks,
        )  # fmt: skip
        self._review = (*stamp, made)
        return made

    def measured(self, row: Row) -> tuple[Divergence, ...] | None:
        """The divergences of a row over every hop, ranked; None where it changed and was not measured since.

        The same object as long as nothing about them changed. Their `unit` says nothing.
        """
        key = self._key(row)
        known = self.measures.get(key)
        if known is None:
            return None
        at = machine.starts(self.work, row)
        kept = self._placed.get(row.id)
        if kept is None or kept[0] != (key, at):
            ranks = self._ranked()
            ranked = (replace(one, percentile=machine.percentile(ranks, one.hop, one.value)) for one in known)
            kept = self._placed[row.id] = (key, at), machine.placed(tuple(ranked), at)
        return kept[1]

    def unmeasured(self) -> tuple[Work, list[Row]]:
        """The rows that have no measures, and the work they stand in."""
        return self.work, [row for row in self.work.rows if self._key(row) not in self.measures]

    def key(self, work: Work, row: Row) -> str:
        """`machine.key`, which is another one where the versions are said to be made otherwise than the machine took it."""
        tree = machine.tree(work.document)
        return machine.key(work, row, () if tree == machine.tree(self.found.document) else tree)

    def _ranked(self) -> machine.Ranks:
        """What units are ranked among: all units as they stood when they were first measured in this tree."""
        tree = machine.tree(self.work.document)
        if tree not in self._ranks:
            keys = map(self._key, self.work.rows)
            self._ranks[tree] = machine.ranks(one for key in keys for one in self.measures.get(key, ()))
        return self._ranks[tree]

    def _key(self, row: Row) -> str:
        """`key`, worked out again only where the row, or what it is linked with, or a text changed."""
        linked = (other for other in self.work.rows if other.id in row.moved) if row.moved else ()
        stands = (row, self.work.document, *linked)
        kept = self._keys.get(row.id)
        if kept is None or list(map(id, kept[0])) != list(map(id, stands)):
            kept = self._keys[row.id] = stands, self.key(self.work, row)
        return kept[1]

    def _of_machine(self) -> dict[str, tuple[Divergence, ...]]:
        """The machine's measures by what they were made of."""
        ids, _ = woven(self.start)
        by_id: dict[str, list[Divergence]] = {}
        for one in self.found.divergences:
            by_id.setdefault(ids[one.unit], []).append(one)
        return {
            machine.key(self.start, row): machine.placed(by_id.get(row.id, ()), machine.starts(self.start, row), -1)
            for row in self.start.rows
        }
