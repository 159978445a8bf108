"""PDF files with known text: words are put where a test wants them, in a type in which every letter has one width.

The type is not in the file: readers go by its widths and its table of Unicode (ISO 32000-1, 9.7.6 and 9.10.3).
"""

import hashlib
from collections.abc import Sequence

# Widths of letters as a share of the size of type.
NARROW, WIDE = 0.5, 1.0
PASSWORD_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def width(text: str, size: float = 10) -> float:
    """How wide a text is, in points."""
    return size * sum(WIDE if letter >= "\u1100" else NARROW for letter in text)


class Paper:
    """A PDF while it is written; places are points from the upper left corner, to the baseline."""

    def __init__(self, wide: float = 420, high: float = 595, title: str = "") -> None:
        self.wide, self.high, self.title = wide, high, title
        self.pages: list[list[bytes]] = []
        self.extra: list[bytes] = []
        self.letters: set[str] = set()
        self.notes: dict[int, list[bytes]] = {}

    def page(self, extra: bytes = b"") -> "Paper":
        """Begins a page; `extra` goes into its dictionary."""
        self.pages.append([])
        self.extra.append(extra)
        return self

    def put(
        self, left: float, down: float, text: str, size: float = 10, *, bold: bool = False, hidden: bool = False,
        turn: tuple[int, int, int, int] = (1, 0, 0, 1),
    ) -> "Paper":  # fmt: skip
        """Draws a text."""
        self.letters |= set(text)
        codes = text.encode("utf-16-be").hex()
        a, b, c, d = turn
        self.pages[-1].append(
            f"BT /{'B' if bold else 'R'} {size} Tf {3 if hidden else 0} Tr {a} {b} {c} {d} {left} {self.high - down} Tm "
            f"<{codes}> Tj ET".encode()
        )
        return self

    def raw(self, drawing: bytes) -> "Paper":
        """Draws anything."""
        self.pages[-1].append(drawing)
        return self

    def rule(self, left: float, down: float, long: float) -> "Paper":
        """Draws a level line."""
        return self.raw(f"{left} {self.high - down} {long} 0.5 re f".encode())

    def picture(self) -> "Paper":
        """Draws a grey square of one dot."""
        return self.raw(b"q 200 0 0 200 20 20 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q")

    def column(
        self, left: float, down: float, wide: float, text: str, size: float = 10, *, lead: float = 12, indent: float = 0,
        bold: bool = False, hanging: float = 0,
    ) -> float:  # fmt: skip
        """Draws a paragraph in lines of this width and gives where its next line would stand."""
        for place, line in enumerate(wrapped(text, wide - indent, wide - hanging, size)):
            self.put(left + (hanging if place else indent), down, line, size, bold=bold)
            down += lead
        return down

    def note(self, left: float, down: float, right: float, text: str, author: str = "") -> "Paper":
        """A mark over a stretch of the line at this height, with a comment."""
        top, bottom = self.high - down + 8, self.high - down - 2
        words = text.encode("utf-16-be").hex()
        self.notes.setdefault(len(self.pages) - 1, []).append(
            f"<< /Type /Annot /Subtype /Highlight /Rect [{left} {bottom} {right} {top}] /QuadPoints [{left} {top} {right} {top} "
            f"{left} {bottom} {right} {bottom}] /Contents <FEFF{words}> /T ({author}) /CreationDate (D:20240131091500+03'00') >>"
            .encode()
        )  # fmt: skip
        return self

    def data(self, *, password: str | None = None) -> bytes:
        """The file; with a password one that opens with that alone, with "" one that only forbids to copy."""
        title = self.title.encode("utf-16-be").hex()
        objects = [*self._objects(), b"<< >>" if password is not None else f"<< /Title <FEFF{title}> >>".encode()]
        info = len(objects)
        key = b""
        if password is not None:
            key, encrypt = _locked(password)
            objects.append(encrypt)
        out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, content in enumerate(objects, 1):
            places.append(len(out))
            if key and b"stream\n" in content:
                head, rest = content.split(b"stream\n", 1)
                own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
                content = head + b"stream\n" + rc4(own, rest.removesuffix(b"\nendstream")) + b"\nendstream"
            out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
        lock = f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]" if password is not None else ""
        out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {info} 0 R{lock} >>\n".encode()
        return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())

    def _objects(self) -> list[bytes]:
        first = 8
        kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(self.pages)))
        found = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode(),
            _stream(_unicode(sorted(self.letters))),
            *(_font(name, under) for name, under in (("Paper", 5), ("Paper-Bold", 7))),
        ]
        found = [*found[:4], _descendant("Paper"), found[4], _descendant("Paper-Bold")]
        for number, drawn in enumerate(self.pages):
            notes = b"/Annots [" + b" ".join(self.notes.get(number, [])) + b"]"
            found.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {self.wide} {self.high}] /Contents {first + 2 * number + 1} 0 R "
                "/Resources << /Font << /R 4 0 R /B 6 0 R >> >> ".encode() + notes + self.extra[number] + b" >>"
            )  # fmt: skip
            found.append(_stream(b"\n".join(drawn)))
        return found


def wrapped(text: str, first: float, wide: float, size: float = 10) -> list[str]:
    """The lines of a paragraph that is broken at blanks."""
    lines: list[str] = []
    for word in text.split():
        room = wide if len(lines) > 1 else first
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _stream(data: bytes) -> bytes:
    return f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _font(name: str, under: int) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{under} 0 R] "
        "/ToUnicode 3 0 R >>"
    ).encode()


def _descendant(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        f"/Supplement 0 >> /DW {NARROW * 1000:.0f} /W [4352 65535 {WIDE * 1000:.0f}] /FontDescriptor << /Type /FontDescriptor "
        f"/FontName /{name} /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 /ItalicAngle 0 /CapHeight 700 "
        f"/StemV {180 if 'Bold' in name else 80} >> >>"
    ).encode()


def _unicode(letters: Sequence[str]) -> bytes:
    codes = [letter.encode("utf-16-be").hex() for letter in letters if ord(letter) < 0x10000]
    blocks = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    tables = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(f"<{code}> <{code}>" for code in block) + "\nendbfchar"
        for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Paper def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{tables}\nendcmap end end"
    ).encode()


def _locked(password: str) -> tuple[bytes, bytes]:
    """The key and the dictionary of a file that is encrypted with RC4 of 40 bits (ISO 32000-1, 7.6.3)."""
    owner, allowed = bytes(range(32)), -44
    padded = (password.encode() + PASSWORD_PAD)[:32]
    key = hashlib.md5(padded + owner + (allowed & 0xFFFFFFFF).to_bytes(4, "little") + b"\0").digest()[:5]
    return key, (
        f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{rc4(key, PASSWORD_PAD).hex()}> /P {allowed} >>"
    ).encode()


def rc4(key: bytes, data: bytes) -> bytes:
    """The data, encrypted or decrypted."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
