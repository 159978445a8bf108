"""How quick the reader is on a long document, in a real browser, and what a further reader costs the server.

    python -m benchmarks.reader [--units 1000] [--database FILE]

The document is the made-up one of `benchmarks.made_up`, in three versions, aligned as it was made and scored once; with
`--database` it is kept in that file for the next time. The server and the browser run on this computer. Every figure is
the median over the presses, merges or openings of one run, with the least and the most beside it:

- key to pane: from the key's own time stamp to the frame after the pane shows the next unit;
- merge: from the key to the frame after the merged rows are shown, stored by then;
- first page: from asking for the address to the frame after the first pane is shown, in a browser that has nothing yet;
- blank rows: of the rows in view while the page is scrolled from end to end, those whose text was not drawn;
- memory: what the server's resident memory grows by, for each further browser that opens the document.

The load of the machine stands beside them: the figures of a busy machine are not those of the program.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from aligners.alignment import from_kinds
from benchmarks.made_up import LANGUAGES, chain
from corpora import open_document
from divergence import measure
from reviews.machine import Machine, packed
from reviews.storage.store import Store

ROOT = Path(__file__).parent.parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PRESSES, MERGES, OPENINGS, READERS = 60, 15, 5, 6
PATIENCE = 120_000  # ms
# Remembers when a key was pressed, and how long it took until the page showed what was waited for.
WATCH = """() => {
    const root = [...document.querySelectorAll("*")].find(node => node.shadowRoot?.querySelector(".reader")).shadowRoot;
    globalThis.root = root;
    globalThis.took = [];
    let pressed = 0;
    document.addEventListener("keydown", event => { pressed = event.timeStamp; }, true);
    const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const watch = (node, options) => {
        new MutationObserver(async () => {
            if (!pressed) return;
            const since = pressed;
            pressed = 0;
            await frame();
            globalThis.took.push(performance.now() - since);
        }).observe(node, options);
    };
    globalThis.watchPane = () => watch(root.querySelector(".pane"), { childList: true });
    globalThis.watchRows = () => watch(root.querySelector(".units"), { childList: true });
}"""
# Scrolls through the whole document, a screen at a time, and counts the rows in view, and those that are not drawn.
SCROLL = """async () => {
    const grid = root.querySelector(".grid");
    let rows = 0, blank = 0;
    grid.scrollTop = 0;
    for (let guard = 0; guard < 5000; guard += 1) {
        await new Promise(requestAnimationFrame);
        const frame = grid.getBoundingClientRect();
        for (let y = frame.top + 120; y < frame.bottom - 10; y += 60) {
            const row = root.elementFromPoint(frame.left + 200, y)?.closest(".unit");
            rows += 1;
            const text = row?.querySelector(".segment, .none");
            if (!text || !text.checkVisibility({ contentVisibilityAuto: true }) || !text.getBoundingClientRect().height) blank += 1;
        }
        if (grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 60) break;
        grid.scrollTop += grid.clientHeight * 0.8;
    }
    return [rows, blank];
}"""


def filled(database: Path, units: int) -> str:
    """The id of the made-up document in a database, made and scored if it is not there."""
    store = Store(str(database))
    title = f"Made-up document of {units} units"
    known = next((one.id for one in store.documents() if one.title == title), None)
    if known:
        return known
    versions, kinds = chain(units)
    document = open_document(versions)
    alignment = from_kinds(LANGUAGES, kinds, "as made up")
    found = Machine(document, alignment, *measure(document, alignment, highlight=True))
    id = store.add(versions, title)
    store.keep_machine(id, "paragraph", "as made up", packed(found))
    return id


@contextmanager
def served(database: Path) -> Iterator[tuple[str, int]]:
    """A server on the database: its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    process = subprocess.Popen(
        [sys.executable, "workbench.py", "serve", "--port", str(port)],
        cwd=ROOT, env={**quiet, "WORKBENCH_DATABASE": str(database)}, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health")
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


def opened(browser: Browser, address: str) -> tuple[Page, float]:
    """A page of a browser that has nothing yet, and how long it took to show the first unit, in ms."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(".pane h3").wait_for()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    return page, 1000 * (time.perf_counter() - begun)


def resident(process: int) -> float:
    """The resident memory of a process and its children, in MiB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    own = next(
        int(line.split()[1])
        for line in Path(f"/proc/{process}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    )
    return own / 1024 + sum(resident(int(child)) for child in children)


def pressed(page: Page, keys: list[str], what: str) -> list[float]:
    """How long each key took, in ms, until the part of the page changed."""
    page.evaluate(f"() => {{ took.length = 0; {what}(); }}")
    for count, key in enumerate(keys, 1):
        page.keyboard.press(key)
        page.wait_for_function(f"took.length >= {count}")
        # The line is idle again: every press is measured alone.
        page.wait_for_function("!root.querySelector('.saved').textContent.includes('saving')")
    return [float(one) for one in page.evaluate("took")]


def line(name: str, found: list[float], unit: str = "ms") -> str:
    """A row of the table."""
    return f"| {name} | {median(found):.0f} {unit} | {min(found):.0f} | {max(found):.0f} | {len(found)} |"


def run(database: Path, units: int) -> Iterator[str]:
    """The lines of the report."""
    document = filled(database, units)
    found = next(filter(None, map(shutil.which, CHROMIUMS)))
    yield f"{units} units of 3 versions; load of the machine before: {os.getloadavg()[0]:.2f} of {os.cpu_count()} cores\n"
    yield "| | median | least | most | times |\n|---|---|---|---|---|"
    with served(database) as (address, process), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        url = f"{address}/?doc={document}"
        page, first = opened(browser, url)
        others = [opened(browser, url) for _ in range(OPENINGS)]
        for other, _ in others:
            other.context.close()
        yield line("first page", [took for _, took in others])
        yield f"| first page of the server | {first:.0f} ms | | | 1 |"
        page.evaluate(WATCH)
        page.keyboard.press("Home")
        yield line("key to pane", pressed(page, ["j"] * PRESSES, "watchPane"))
        page.reload()
        page.locator(".pane h3").wait_for()
        page.evaluate(WATCH)
        for _ in range(PRESSES):
            page.keyboard.press("j")
        both = pressed(page, ["Control+Backspace", "Control+z"] * MERGES, "watchRows")
        yield line("merge", both[::2])
        yield line("undo of a merge", both[1::2])
        rows, blank = page.evaluate(SCROLL)
        yield f"| blank rows while scrolling | {blank} of {rows} | | | 1 |"
        before = resident(process)
        for _ in range(READERS):
            opened(browser, url)
        grown = (resident(process) - before) / READERS
        yield f"| memory for each further reader | {grown:.1f} MiB | | | {READERS} |"
        yield f"\nServer with one reader: {before:.0f} MiB; load of the machine after: {os.getloadavg()[0]:.2f}"
        browser.close()


def main() -> None:
    """Prints the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--database", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for one in run(given.database or Path(folder) / "relay.db", given.units):
            print(one, flush=True)


if __name__ == "__main__":
    main()
