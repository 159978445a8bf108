"""Any model of the library sentence-transformers as an encoder: an optional extra, run on this computer.

RELAY_MODEL names the model: a folder, or a name on the model hub, from which the library loads it once. The language
of the texts must be among the model's; LaBSE and multilingual-e5 know Korean, Russian and English.

Texts are encoded in batches, which is several times faster, but what stands beside a text in its batch changes the
seventh decimal of its vector. An alignment that was made before is repeated exactly from the kept vectors; where only
some of a document's texts are known, the others may differ by so much from a reading of the whole.
"""

import hashlib
import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from aligners.encoders.encoder import Array
from corpora.errors import AlignmentError

WEIGHTS = (".safetensors", ".bin")
# Texts encoded at once.
BATCH = 32


class HubModel:
    """A sentence-transformers model as an `Encoder`."""

    def __init__(self, name: str) -> None:
        """Loads a model by its folder or its name.

        Raises:
            AlignmentError: the library is not installed, or it cannot load the model.
        """
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils.logging import disable_progress_bar
        except ImportError as error:
            raise AlignmentError(
                "The encoder sentence-transformers needs the library of that name; install it with "
                '".venv/bin/pip install -r requirements-sentence-transformers.txt".'
            ) from error
        disable_progress_bar()
        try:
            self._model: Any = SentenceTransformer(name)
        except Exception as error:
            # The library, its hub client and torch raise what they like.
            raise AlignmentError(
                f'The model "{name}" cannot be loaded ({type(error).__name__}); set RELAY_MODEL to the folder of a '
                "sentence-transformers model, or to the name of one on the model hub while it can be reached."
            ) from error
        self.signature = f"sentence-transformers {version('sentence-transformers')} {_title(name)}"
        self._lock = Lock()

    @classmethod
    def chosen(cls) -> "HubModel":
        """The model that RELAY_MODEL names.

        Raises:
            AlignmentError: it names none, or the model cannot be loaded.
        """
        name = os.environ.get("RELAY_MODEL", "").strip()
        if not name:
            raise AlignmentError(
                "No model is named for the encoder sentence-transformers; set RELAY_MODEL to the folder of a model or "
                "to its name, such as sentence-transformers/LaBSE."
            )
        return cls(name)

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit-length vectors, float32, shape (texts, dimensions)."""
        # Its tokeniser cannot be used by two threads at once.
        with self._lock:
            vectors = self._model.encode(
                list(texts), batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        return np.asarray(vectors, np.float32).reshape(len(texts), -1)


def _title(name: str) -> str:
    """The model's name; of a folder the last part, with a digest of the weights, which may be trained further."""
    folder = Path(name)
    if not folder.is_dir():
        return name
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in WEIGHTS):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{folder.resolve().name} {digest.hexdigest()[:8]}"
