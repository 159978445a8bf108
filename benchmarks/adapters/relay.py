"""The workbench's own methods, measured as the peers are: nothing is kept from an earlier run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.adapters.stopwatch import Stopwatch, Versions, serve


def prepare(options: dict[str, Any], watch: Stopwatch) -> Callable[[Versions], dict[str, Any]]:
    """Loads the encoder; options: method, and weights, a file or None."""
    from aligners import encoders
    from aligners.costs import measures
    from benchmarks.agreement import predict, use_weights
    from benchmarks.gold import Gold
    from corpora.languages import language

    use_weights(Path(options["weights"]) if options.get("weights") else None)
    encoders.load()
    # Their patterns are compiled once; a text that is segmented has been looked at with them before.
    for code in ("ko", "ru", "en"):
        language(code)
    read = measures.measure_all

    def timed(*arguments: Any) -> Any:
        with watch.reading():
            return read(*arguments)

    def align(versions: Versions) -> dict[str, Any]:
        document = Gold("", "", "", {version: list(texts) for version, texts in versions.items()}, [], {})
        with mock.patch.object(measures, "measure_all", timed):
            return {"units": predict(document, options["method"])}

    return align


if __name__ == "__main__":
    serve(prepare)
