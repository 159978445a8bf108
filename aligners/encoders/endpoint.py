"""A server that speaks the OpenAI embeddings protocol as an encoder. It is sent every text that is aligned.

RELAY_ENDPOINT is the address: of the service (http://localhost:8000), of its version (.../v1) or of the very route
(.../v1/embeddings). RELAY_ENDPOINT_MODEL is the model's name there. RELAY_ENDPOINT_KEY, where the server wants one, is
sent to that address only, and neither shown nor logged.

Source: OpenAI API reference, "Create embeddings": POST {"model", "input": [texts]} gives {"data": [{"index",
"embedding"}]}.
"""

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

import numpy as np

from aligners.encoders.encoder import Array
from corpora.errors import AlignmentError

# Texts and characters of a request; some servers take no more than 32 texts.
TEXTS, CHARACTERS = 32, 50_000
# Seconds a request may take, and the pauses before it is tried again.
TIMEOUT, PAUSES = 120.0, (1.0, 4.0)
# Answers that may be better a moment later.
PASSING = (429, 500, 502, 503, 504)
ADVICE = {
    401: "set RELAY_ENDPOINT_KEY to a key that it takes",
    403: "set RELAY_ENDPOINT_KEY to a key that it takes",
    404: "check RELAY_ENDPOINT and RELAY_ENDPOINT_MODEL",
    413: "the texts are too long for it, so choose another model or a finer level",
    429: "it has had too many requests, so wait and try again",
}


class Endpoint:
    """A model on a server as an `Encoder`."""

    def __init__(self, address: str, model: str, key: str = "") -> None:
        """Connects to nothing yet.

        Raises:
            AlignmentError: the address or the key cannot be used.
        """
        parts = _parts(address)
        self._host = parts.netloc
        self._address = parts._replace(path=_route(parts.path), fragment="").geturl()
        self._model = model
        self._headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Relay"}
        if key:
            if not (key.isascii() and key.isprintable()):
                raise AlignmentError(
                    "RELAY_ENDPOINT_KEY holds characters that no key has; set it to the key alone, without line ends."
                )
            self._headers["Authorization"] = f"Bearer {key}"
        self.signature = f"endpoint {model} at {self._host}"
        self._opener = urllib.request.build_opener(NoRedirect)

    @classmethod
    def chosen(cls) -> "Endpoint":
        """The server and model that the environment names.

        Raises:
            AlignmentError: it names none, or what cannot be used.
        """
        address, model, key = (
            os.environ.get(name, "").strip()
            for name in ("RELAY_ENDPOINT", "RELAY_ENDPOINT_MODEL", "RELAY_ENDPOINT_KEY")
        )
        if not address or not model:
            raise AlignmentError(
                "The encoder endpoint needs a server and a model; set RELAY_ENDPOINT to an address such as "
                "http://localhost:8000/v1 and RELAY_ENDPOINT_MODEL to the name of a model there."
            )
        return cls(address, model, key)

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit-length vectors, float32, shape (texts, dimensions).

        Raises:
            AlignmentError: the server cannot be reached, refuses, or answers something else than vectors.
        """
        batches: list[list[str]] = []
        room = 0
        for text in texts:
            if not batches or len(batches[-1]) == TEXTS or len(text) > room:
                batches.append([])
                room = CHARACTERS
            # The protocol knows no empty text.
            batches[-1].append(text or " ")
            room -= len(text)
        found = [self._vectors(batch) for batch in batches]
        if len({part.shape[1] for part in found}) > 1:
            raise self._odd("vectors of unequal length")
        return np.concatenate(found) if found else np.zeros((0, 0), np.float32)

    def _vectors(self, texts: list[str]) -> Array:
        """The vectors of one batch."""
        body = self._asked(json.dumps({"model": self._model, "input": texts}).encode())
        try:
            rows = sorted(json.loads(body)["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], np.float32)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise self._odd("no vectors") from None
        if vectors.ndim != 2 or len(vectors) != len(texts) or [row["index"] for row in rows] != [*range(len(texts))]:
            raise self._odd(f"not one vector for each of {len(texts)} texts")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(lengths) & (lengths > 0)).all():
            raise self._odd("vectors without direction")
        return (vectors / lengths).astype(np.float32)

    def _asked(self, body: bytes) -> bytes:
        """The server's answer to one request, tried again when it may pass."""
        request = urllib.request.Request(self._address, body, self._headers, method="POST")
        for pause in (*PAUSES, None):
            try:
                with self._opener.open(request, timeout=TIMEOUT) as answer:
                    return answer.read()
            except urllib.error.HTTPError as error:
                if error.code not in PASSING or pause is None:
                    raise self._refused(error.code) from None
                time.sleep(pause)
            except (OSError, http.client.HTTPException) as error:
                raise self._unreached(getattr(error, "reason", None) or error) from None
        raise AssertionError("The last try returns or raises.")

    def _refused(self, code: int) -> AlignmentError:
        """What to say of an answer that is an error. Its text is left out: it may repeat the key or the texts."""
        name = http.client.responses.get(code, "an unknown code")
        advice = ADVICE.get(code, "look at what it logs")
        return AlignmentError(
            f'The server at {self._host} answered {code} ({name}) for the model "{self._model}"; {advice}.'
        )

    def _unreached(self, reason: object) -> AlignmentError:
        late = isinstance(reason, TimeoutError)
        what = f"did not answer within {TIMEOUT:g} seconds" if late else "cannot be reached"
        return AlignmentError(
            f"The server at {self._host} {what} ({type(reason).__name__}); start it, or set RELAY_ENDPOINT to another "
            "address."
        )

    def _odd(self, what: str) -> AlignmentError:
        return AlignmentError(
            f"The server at {self._host} answered {what}; RELAY_ENDPOINT must be the address of an OpenAI-compatible "
            f'embeddings service, and "{self._model}" one of its embedding models.'
        )


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: it would carry texts and key to another address."""

    def redirect_request(self, *args: object, **more: object) -> None:
        """None: the redirection is an error like any other."""


def _parts(address: str) -> SplitResult:
    """The parts of a web address, which must be whole and hold no name and password."""
    try:
        parts = urlsplit(address)
        good = parts.hostname if parts.scheme in ("http", "https") and parts.port != 0 else None
    except ValueError:
        parts, good = urlsplit(""), None
    if not good or "@" in parts.netloc or " " in address or not (address.isascii() and address.isprintable()):
        raise AlignmentError(
            "RELAY_ENDPOINT is not the address of a server; write it like http://localhost:8000/v1, without a name "
            "and password."
        )
    return parts


def _route(path: str) -> str:
    path = path.rstrip("/")
    if path.endswith("/embeddings"):
        return path
    return f"{path or '/v1'}/embeddings"
