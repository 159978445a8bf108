"""Numbers as a spreadsheet shows them, by the format of their cell.

Source: ECMA-376 Part 1 (5th edition), 18.8.30 and 18.8.31. Of dates, numbers, percentages and powers all is shown;
months and days have English names, fractions are shown as decimals, colours and conditions are passed over.
"""

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

# The formats that every workbook has without saying so; those of dates from 27 on are written as a date in any language.
BUILT_IN: Mapping[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip
# A part of a format: a text, a sign that stands for itself, a bracket, a sign for filling, a run of one letter, a number.
PART = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<sign>.)|\[(?P<bracket>[^\]]*)\]|_.|\*.|(?P<noon>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)'
    r"|General|(?P<number>[#0?][#0?,.\s/]*(?:E[+-]0+)?|\.0+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Numbers of 11 places are shown in full, longer ones rounded.
PLACES = 11
# The last day that a spreadsheet knows: 31 December 9999.
LAST_DAY = 2_958_466


def shown(value: float, code: str, *, since_1904: bool = False) -> str:
    """A number as its cell shows it.

    >>> shown(20120, "d mmmm yyyy"), shown(1234.5, "#,##0.00"), shown(0.25, "0%"), shown(1955.0, "General")
    ('31 January 1955', '1,234.50', '25%', '1955')
    """
    if not math.isfinite(value):
        return ""
    sections = _sections(code)
    section, amount = sections[0], value
    if len(sections) > 1 and value < 0:
        section, amount = sections[1], -value
    elif len(sections) > 2 and value == 0:
        section = sections[2]
    parts = list(PART.finditer(section))
    if any(part["date"] for part in parts) or any(_elapsed(part) for part in parts):
        return _date(value, parts, since_1904) if 0 <= value < LAST_DAY else plain(value)
    return "".join(_number(amount, part, section) for part in parts).strip() or plain(value)


def plain(value: float) -> str:
    """A number without a format.

    >>> plain(0.1 + 0.2), plain(3.0), plain(1e20)
    ('0.3', '3', '1E+20')
    """
    return f"{value:.{PLACES}g}".replace("e", "E") if abs(value) >= 10**PLACES else f"{round(value, 9):.{PLACES}g}"


def _sections(code: str) -> list[str]:
    """The parts for positive, negative and no number; a semicolon in quotation marks is none."""
    found, start = [], 0
    for part in PART.finditer(code):
        if part["other"] == ";":
            found.append(code[start : part.start()])
            start = part.end()
    return [*found, code[start:]]


def _elapsed(part: re.Match[str]) -> bool:
    return (
        bool(part["bracket"]) and set(part["bracket"].lower()) <= set("hms") and len(set(part["bracket"].lower())) == 1
    )


def _number(value: float, part: re.Match[str], section: str) -> str:
    if part["number"]:
        return _digits(value, part["number"], section)
    if part.group().lower() == "general":
        return plain(value)
    if part["bracket"]:
        # A currency, "[$€-407]"; colours and conditions say nothing.
        return part["bracket"][1:].partition("-")[0] if part["bracket"].startswith("$") else ""
    return part["text"] or part["sign"] or ("" if part["other"] in (None, "@") else part["other"])


def _digits(value: float, form: str, section: str) -> str:
    if "/" in form:
        return plain(value)
    value *= 100 if "%" in section else 1
    whole, _, rest = form.partition(".")
    if power := re.search(r"E[+-]0+", form, re.IGNORECASE):
        places = sum(one in "0#?" for one in rest[: rest.upper().find("E")]) if rest else 0
        mantissa, _, exponent = f"{value:.{places}E}".partition("E")
        return f"{mantissa}E{int(exponent):+0{len(power.group()) - 1}d}"
    least, most = rest.count("0"), sum(one in "0#?" for one in rest)
    text = f"{value:,.{min(most, 30)}f}" if re.search(r"[#0],[#0]", whole) else f"{value:.{min(most, 30)}f}"
    head, _, tail = text.partition(".")
    while len(tail) > least and tail.endswith("0"):
        tail = tail[:-1]
    width = whole.count("0")
    sign, head = ("-", head[1:]) if head.startswith("-") else ("", head)
    return sign + head.zfill(width) + (f".{tail}" if tail else "")


def _date(value: float, parts: list[re.Match[str]], since_1904: bool) -> str:
    # Excel takes 1900 for a leap year: its first sixty days are one off.
    begin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    day = begin + timedelta(seconds=round(value * 86_400))
    noon = any(part["noon"] for part in parts)
    units = [
        part["date"][0].lower() if part["date"] else (part["bracket"] or " ")[0].lower() * _elapsed(part)
        for part in parts
    ]
    named = [place for place, unit in enumerate(units) if unit]
    found = []
    for place, part in enumerate(parts):
        if _elapsed(part):
            seconds = round(value * 86_400)
            found.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[units[place]]))
        elif part["date"]:
            at = named.index(place)
            beside = (units[named[at - 1]] if at else "", units[named[at + 1]] if at + 1 < len(named) else "")
            is_minute = units[place] == "m" and len(part["date"]) < 3 and (beside[0] == "h" or beside[1] == "s")
            found.append(_unit(day, part["date"].lower(), is_minute=is_minute, noon=noon))
        elif part["noon"]:
            found.append("AM" if day.hour < 12 else "PM")
        elif not part["bracket"]:
            found.append(part["text"] or part["sign"] or ("" if part["other"] in (None, "@") else part["other"]))
    return "".join(found).strip()


def _unit(day: datetime, form: str, *, is_minute: bool, noon: bool) -> str:
    width = min(len(form), 2)
    if is_minute:
        return f"{day.minute:0{width}d}"
    if form.startswith("y"):
        return f"{day.year:04d}" if len(form) > 2 else f"{day.year % 100:02d}"
    if form.startswith("m"):
        name = MONTHS[day.month - 1]
        return f"{day.month:0{width}d}" if len(form) < 3 else {3: name[:3], 5: name[0]}.get(len(form), name)
    if form.startswith("d"):
        name = DAYS[day.weekday()]
        return f"{day.day:0{width}d}" if len(form) < 3 else (name[:3] if len(form) == 3 else name)
    hour = (day.hour % 12 or 12) if noon else day.hour
    return f"{hour if form.startswith('h') else day.second:0{width}d}"
