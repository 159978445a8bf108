"""Several pieces of work at once, in threads that an interruption from the keyboard cannot leave waiting for ever.

Python raises KeyboardInterrupt between any two steps of the main thread, also between taking a lock of
`concurrent.futures` and the `with` that gives it back; its threads then wait for that lock, and the process for them.
Here the main thread holds no lock that is not taken and given back in one step.
"""

import _thread
import os
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")

# Seconds between two calls of what is done meanwhile.
TELL = 0.2
# Seconds that work which was told to end is waited for.
PATIENCE = 10


def at_once(
    tasks: Sequence[Callable[[], T]],
    meanwhile: Callable[[], None] = lambda: None,
    end: Callable[[], None] = lambda: None,
) -> list[T]:
    """What the tasks give, in their order; no more of them run at one time than there are processors.

    Args:
        tasks: pieces of work that do not wait for one another.
        meanwhile: called about every TELL seconds; what it raises ends the work.
        end: tells the running tasks to end, when the first error was raised by one, by `meanwhile`, or as an
            interruption from the keyboard. They are waited for, though not longer than PATIENCE.
    """
    waiting: SimpleQueue[int] = SimpleQueue()
    done: SimpleQueue[tuple[int, T | None, BaseException | None]] = SimpleQueue()
    stopped: list[bool] = []
    for place in range(len(tasks)):
        waiting.put(place)

    def work() -> None:
        while not stopped:
            try:
                place = waiting.get_nowait()
            except Empty:
                break
            try:
                done.put((place, tasks[place](), None))
            except BaseException as error:
                stopped.append(True)
                done.put((place, None, error))
        done.put((-1, None, None))

    found: dict[int, T] = {}
    running = 0
    try:
        for _ in range(min(processors(), len(tasks))):
            _thread.start_new_thread(work, ())
            running += 1
        while len(found) < len(tasks):
            try:
                place, result, error = done.get(timeout=TELL)
            except Empty:
                meanwhile()
                continue
            if error is not None:
                raise error
            if place < 0:
                running -= 1
            else:
                found[place] = result  # type: ignore[assignment]
    except BaseException:
        stopped.append(True)
        end()
        while running:
            try:
                running -= done.get(timeout=PATIENCE)[0] < 0
            except Empty:
                break
        raise
    return [found[place] for place in range(len(tasks))]


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
