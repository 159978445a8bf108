"""Tables of versions: what each column is, what belongs together, and what is told of the rest."""

import csv
import datetime
import io
import os
import random
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

import corpora
from corpora.contents import Contents, File
from corpora.errors import ReadError, WorkbenchError
from corpora.tables.formats import shown
from tests.strategies import SENTENCES

ROWS = [
    ("Наша страна всё ещё не воссоединена.", "Our country is still not reunited."),
    ("Почему?", "Why?"),
    ("В 1954 г. урожай зерна был мал.", "The harvest of 1954 was small."),
]


def read(text: str, name: str = "table.csv", encoding: str = "utf-8") -> Contents:
    return corpora.contents(File(name, text.encode(encoding)))


def as_csv(rows, delimiter: str = ",", **how) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, **how).writerows(rows)
    return text.getvalue()


def texts(found: Contents) -> dict[str, list[str]]:
    return {
        version.id: [version.text[block.start : block.stop] for block in version.blocks] for version in found.versions
    }


def groups(found: Contents) -> list[list[int | None]]:
    return [[block.group for block in version.blocks] for version in found.versions]


def workbook(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book, book.active)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def xlsx(fill, name: str = "table.xlsx") -> Contents:
    return corpora.contents(File(name, workbook(fill)))


WANTED = {"ru": [row[0] for row in ROWS], "en": [row[1] for row in ROWS]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiter_and_encoding_are_told_from_the_text(delimiter, name, encoding):
    found = read(as_csv([("ru", "en"), *ROWS], delimiter), name, encoding)
    assert texts(found) == WANTED
    assert found.is_aligned
    assert found.warnings == found.left_out == ()


def test_a_russian_table_of_an_old_program_is_read():
    found = read(as_csv([("Оригинал", "Перевод"), *[(row[0], row[0].upper()) for row in ROWS]], ";"), "a.csv", "cp1251")
    assert texts(found)["ru"] == WANTED["ru"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('ru,en\n"Он сказал: ""да"", и ушёл.","He said, ""yes"", and left."\n', 'He said, "yes", and left.'),
        ('ru\ten\nОн сказал.\t"Yes," he said.\nДа.\t"No," said they.\n', '"Yes," he said.'),
        ("sep=;\nru;en\nДа, так.;Yes, so.\n", "Yes, so."),
        ('ru,en\n"Первая\nвторая","First\nsecond"\n', "First\nsecond"),
        ("ru;en\nОдин, два, три.;One, two, three, four.\nПять, шесть.;Five.\n", "One, two, three, four."),
    ],
    ids=["quoted", "not quoted", "sep=", "lines in a cell", "commas in texts"],
)
def test_quotation_marks_hold_a_cell_together_where_they_are_meant_to(text, wanted):
    assert texts(read(text))["en"][0] == wanted


def test_a_text_without_cells_is_one_version():
    found = read("Один, два.\nТри.\nЧетыре, пять, шесть.\n", "a.csv")
    assert texts(found) == {"ru": ["Один, два.", "Три.", "Четыре, пять, шесть."]}


# Headings over an English and a Russian column, and the languages in the order of the versions.
HEADINGS = [
    (("en", "ru"), ["en", "ru"]),
    (("en-GB", "ru_RU"), ["en-GB", "ru-RU"]),
    (("eng", "rus"), ["en", "ru"]),
    (("Английский", "Русский текст"), ["en", "ru"]),
    (("영어 번역", "로어 원문"), ["ru", "en"]),
    (("Target", "Source"), ["ru", "en"]),
    (("Перевод", "Оригинал"), ["ru", "en"]),
    (("English translation", "Russian original"), ["ru", "en"]),
    (("English translation", "Russian"), ["en", "ru"]),
    (("text en", "text ru"), ["en", "ru"]),
    (("en_tokens", "ru_tokens"), ["en", "ru"]),
    ((), ["en", "ru"]),
]


@pytest.mark.parametrize(("names", "wanted"), HEADINGS)
def test_headings_say_languages_and_which_is_the_original(names, wanted):
    rows = [(english, russian) for russian, english in ROWS]
    found = read(as_csv([names, *rows] if names else rows))
    assert [version.language for version in found.versions] == wanted
    assert [len(version.blocks) for version in found.versions] == [3, 3]


def test_without_headings_the_first_row_is_text_and_it_is_said_what_was_taken():
    found = read(as_csv(ROWS))
    assert texts(found) == WANTED
    assert found.warnings == ("The versions were taken from the columns A as Russian, B as English.",)


def test_headings_in_no_known_words_are_told_by_their_letters():
    found = read(as_csv([("Kim", "Lee"), ("Наша страна.", "조국은 하나다."), ("Почему?", "왜 그런가?")]))
    assert texts(found) == {"ru": ["Наша страна.", "Почему?"], "ko": ["조국은 하나다.", "왜 그런가?"]}
    assert [version.title for version in found.versions] == ["Kim", "Lee"]
    assert "Row 1 was taken for headings." in found.warnings


def test_a_heading_that_its_column_contradicts_gives_way_to_the_letters():
    found = read(as_csv([("ko", "en"), *ROWS]))
    assert texts(found) == WANTED
    assert found.warnings == (
        'Column A ("ko") is written in Cyrillic letters and not in Korean; it was taken for Russian.',
    )


def test_two_columns_in_one_language_are_two_versions_with_their_names():
    rows = [("Русский", "en (Smith)", "en, by Jones"), *[(row[0], row[1], row[1].upper()) for row in ROWS]]
    found = read(as_csv(rows))
    assert [version.id for version in found.versions] == ["ru", "en", "en2"]
    assert [version.title for version in found.versions] == ["table", "en (Smith)", "en, by Jones"]


FULL = [
    ("№", "Русский", "English", "Статус", "Примечания", "Дата", "Балл"),
    ("1", ROWS[0][0], ROWS[0][1], "утверждено", "", "31.01.1955", "0,9"),
    ("2", ROWS[1][0], "", "да", "см. с. 5", "31.01.1955", "0,1"),
    ("3", ROWS[2][0], ROWS[2][1], "черновик", "", "01.02.1955", "0,7"),
    ("4", "", "Added.", "final", "Whose?", "01.02.1955", "0,5"),
    ("", "", "", "", "No text at all", "", ""),
]


def test_ids_dates_and_numbers_are_left_out_statuses_confirm_and_notes_stand_on_the_text_beside_them():
    found = read(as_csv(FULL, ";"))
    assert texts(found) == {"ru": WANTED["ru"], "en": [ROWS[0][1], ROWS[2][1], "Added."]}
    russian, english = found.versions
    assert [block.confirmed for block in russian.blocks] == [True, True, False]
    assert [block.confirmed for block in english.blocks] == [True, False, True]
    assert [block.id for block in english.blocks] == ["2", "4", "5"]
    assert [(one.text, found.versions[one.version].text[one.start : one.stop]) for one in found.remarks] == [
        ("см. с. 5", "Почему?"), ("Whose?", "Added."),
    ]  # fmt: skip
    assert found.warnings == ('3 of 5 rows confirmed by column D ("Статус"): утверждено, да, final.',)
    assert found.left_out == (
        '3 columns without text of a version: A ("№"), F ("Дата"), G ("Балл").', "1 note beside no text.",
    )  # fmt: skip


def test_the_same_without_headings():
    found = read(as_csv(FULL[1:4] * 3, ";"))
    assert [len(own) for own in texts(found).values()] == [9, 6, 3]
    assert [block.confirmed for block in found.versions[0].blocks[:3]] == [True, True, False]


def test_rows_are_groups_also_of_one_text_alone_and_an_empty_cell_is_no_counterpart():
    found = read(as_csv([("ru", "en"), ("Один.", "One."), ("Два.", ""), ("", "Three.")]))
    russian, english = groups(found)
    assert russian[0] == english[0]
    assert len({*russian, *english}) == 3
    document = corpora.open_document(found.versions)
    from aligners import given as brought

    units, _ = brought.units(document)
    assert [unit.kind for unit in units] == ["1:1", "1:0", "0:1"]


def test_a_cell_may_hold_several_paragraphs_and_lines():
    found = read(as_csv([("ru", "en"), ("Один.\n\nДва.\nТри.", "One.\n \nTwo.")]))
    assert texts(found) == {"ru": ["Один.", "Два.\nТри."], "en": ["One.", "Two."]}
    assert len({group for own in groups(found) for group in own}) == 1
    assert [segment.text for segment in corpora.segment(found.versions[0]).segments] == ["Один.", "Два. Три."]


def long(language: str, count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choices(SENTENCES[language], k=chance.randint(1, 6))) for _ in range(count)]


def test_columns_that_run_by_themselves_are_versions_without_groups_and_it_is_said_why():
    russian, english = long("ru", 40, 1), [*long("en", 25, 2), *[""] * 15]
    found = read(as_csv([("ru", "en"), *zip(russian, english, strict=True)]))
    assert groups(found) == [[None] * 40, [None] * 25]
    assert not found.is_aligned
    (told,) = found.warnings
    assert told.startswith(
        'Columns A ("ru") and B ("en") were not taken as aligned by their rows: they have 40 and 25 cells'
    )


def test_a_translation_that_was_only_begun_stays_aligned():
    russian = long("ru", 40, 1)
    english = [SENTENCES["en"][0] * len(text.split()) for text in russian[:25]] + [""] * 15
    found = read(as_csv([("ru", "en"), *zip(russian, english, strict=True)]))
    assert found.is_aligned
    assert found.warnings == ()


def test_of_three_columns_two_may_be_aligned():
    russian, other = long("ru", 40, 1), [*long("en", 25, 2), *[""] * 15]
    korean = [SENTENCES["ko"][0] * len(text.split()) for text in russian]
    found = read(as_csv([("ko", "en", "ru"), *zip(korean, other, russian, strict=True)]))
    assert [set(own) == {None} for own in groups(found)] == [False, True, False]
    assert groups(found)[0] == groups(found)[2]


def test_a_title_above_the_headings_is_left_out_and_told():
    found = read(as_csv([("Documents of 1955", ""), ("", ""), ("Русский", "English"), *ROWS]))
    assert texts(found) == WANTED
    assert found.left_out == ("Row 1, above the headings: “Documents of 1955”.",)
    assert [block.id for block in found.versions[0].blocks] == ["4", "5", "6"]


def test_a_row_with_more_cells_than_the_others_is_told():
    rows = "".join(f"{row[0]},{row[1]}\n" for row in ROWS * 3)
    (told,) = read(f"ru,en\n{rows}Да, так,Yes.\n").warnings[:1]
    assert told.startswith("1 row (11) with more cells than the others")


def test_a_workbook_with_all_that_a_spreadsheet_knows():
    def fill(book, sheet):
        for row in FULL:
            sheet.append(row)
        sheet["B3"] = CellRichText("Поче", TextBlock(InlineFont(b=True), "му?"))
        sheet["C2"].comment = Comment("Really?", "Kim")
        sheet["C6"] = '="a"&"b"'
        sheet["H2"], sheet["I2"] = datetime.date(1955, 1, 31), 1954
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["C"].hidden = True
        other = book.create_sheet("Старое")
        other.append(("x", "y"))
        other.sheet_state = "hidden"

    found = xlsx(fill)
    assert texts(found) == {"ru": WANTED["ru"], "en": [ROWS[0][1], ROWS[2][1], "Added."]}
    assert ("Really?", "Kim") in [(one.text, one.author) for one in found.remarks]
    assert found.warnings == (
        "1 hidden row read like the others.",
        "1 hidden column read like the others.",
        "1 formula without a value in the file; open it in a spreadsheet program and save it again.",
        '3 of 5 rows confirmed by column D ("Статус"): утверждено, да, final.',
    )
    assert found.left_out == (
        '5 columns without text of a version: A ("№"), F ("Дата"), G ("Балл"), H, I.',
        "1 note beside no text.",
        'The sheet "Старое" with 1 row; the one with the most text, "Sheet", was taken.',
    )


def test_a_cell_over_several_rows_joins_them():
    def fill(book, sheet):
        for row in [("ru", "en"), ("Один и два.", "One."), (None, "Two."), ("Три.", "Three.")]:
            sheet.append(row)
        sheet.merge_cells("A2:A3")

    found = xlsx(fill)
    (one, three), english = groups(found)
    assert english == [one, one, three]
    assert found.warnings == ("1 cell over several rows, which were joined into one.",)


@pytest.mark.parametrize(
    ("value", "form", "wanted"),
    [
        (1955, "General", "1955"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1E+15"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-3, "0;(0)", "(3)"),
        (0.256, "0.0%", "25.6%"),
        (7, "000", "007"),
        (20120, "dd.mm.yyyy", "31.01.1955"),
        (20120.5, "d mmmm yyyy h:mm AM/PM", "31 January 1955 12:00 PM"),
        (20120, 'yyyy"년" m"월" d"일"', "1955년 1월 31일"),
        (1.5, "[h]:mm", "36:00"),
        (0.5, "h:mm:ss", "12:00:00"),
        (5, '0" шт."', "5 шт."),
        (12000, "0.0E+00", "1.2E+04"),
        (5, "[$€-407] 0.00", "€ 5.00"),
        (20120, "[Red]General", "20120"),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_read_as_they_are_shown(value, form, wanted):
    assert shown(value, form) == wanted

    def fill(book, sheet):
        sheet.append(("Русский", "English"))
        for _ in range(9):
            sheet.append(ROWS[0])
        sheet["A4"] = value
        sheet["A4"].number_format = form

    assert texts(xlsx(fill))["ru"][2] == wanted


def test_an_opendocument_spreadsheet_reads_the_same():
    from odfdo import Cell, Document, Row, Table

    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Лист1")
    for row in FULL:
        line = Row()
        for cell in row:
            line.append_cell(Cell(cell, text=cell) if cell else Cell())
        table.append_row(line)
    document.body.append(table)
    memory = io.BytesIO()
    document.save(memory)
    found = corpora.contents(File("table.ods", memory.getvalue()))
    same = read(as_csv(FULL, ";"))
    assert texts(found) == texts(same)
    assert groups(found) == groups(same)
    assert found.remarks == same.remarks


def test_texts_that_cells_share_are_read_with_all_their_runs_and_what_is_struck_through_is_told():
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
        for number, row in enumerate([("ru", "en"), *ROWS]):
            sheet.write_row(number, 0, row)
        sheet.write_rich_string("A3", "По", struck, "че", "му?")
        sheet.write_comment("B3", "Doubtful.", {"author": "Lee"})
    found = corpora.contents(File("a.xlsx", memory.getvalue()))
    assert texts(found) == WANTED
    assert found.warnings == ("1 passage struck through, read like the others.",)
    assert [(one.text, one.author, found.versions[one.version].language) for one in found.remarks] == [
        ("Doubtful.", "Lee", "en")
    ]


def test_the_kind_of_a_file_is_told_by_what_it_is():
    data = workbook(lambda book, sheet: [sheet.append(row) for row in [("ru", "en"), *ROWS]])
    assert texts(corpora.contents(File("renamed.csv", data))) == WANTED


def packed(members: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return memory.getvalue()


def with_parts(**parts: bytes) -> bytes:
    """A good workbook with some of its parts replaced; a double underscore stands for a slash."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([("ru", "en"), *ROWS]):
            sheet.write_row(number, 0, row)
    with zipfile.ZipFile(memory) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed(members | {name.replace("__", "/") + ".xml": data for name, data in parts.items()})


MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE = {
    "empty": ("a.csv", b"", "has no column of text"),
    "numbers alone": ("a.csv", b"1,2\n3,4\n", "has no column of text"),
    "binary": ("a.csv", b"\x00\x01\x02", "is not a text file"),
    "truncated": ("a.xlsx", with_parts()[:-200], "is not an Excel file, or is damaged"),
    "a text called .xlsx": ("a.xlsx", b"ru,en\n1,2\n", "is not an Excel file"),
    "a text called .ods": ("a.ods", b"ru,en\n1,2\n", "is not an OpenDocument"),
    "Excel of old": ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 512, "of before 2007 or protected"),
    "another archive": ("a.xlsx", packed({"a.txt": b"Text."}), "is not an Excel file"),
    "a text document": ("a.ods", packed({"content.xml": b"<office/>"}), "no spreadsheet"),
    "broken XML": ("a.xlsx", with_parts(xl__worksheets__sheet1=b"<worksheet " + MAIN + b"><row>"), "not well-formed XML"),
    "entities": ("a.xlsx", with_parts(xl__worksheets__sheet1=ENTITIES + b"<x " + MAIN + b"><row><c><v>&b;</v></c></row></x>"), "declares entities"),
    "deep nesting": ("a.xlsx", with_parts(xl__worksheets__sheet1=b"<a>" * 5000 + b"</a>" * 5000), "more than 256 deep"),
    "shared strings bomb": (
        "a.xlsx",
        with_parts(
            xl__sharedStrings=b"<sst " + MAIN + b"><si><t>" + bytes(random.Random(1).choices(b"abc ", k=900_000)) + b"</t></si></sst>",
            xl__worksheets__sheet1=b"<worksheet " + MAIN + b"><sheetData>" + b"".join(
                b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 2000)) + b"</sheetData></worksheet>",
        ),
        "more rows, columns or text",
    ),
    "a column too far": (
        "a.xlsx", with_parts(xl__worksheets__sheet1=b"<worksheet " + MAIN + b'><sheetData><row><c r="ZZZ1"><v>1</v></c></row></sheetData></worksheet>'),
        "more columns",
    ),
    "cells without end": ("a.csv", b"a," * 20_000, "a line with more cells"),
    "thousands of columns": ("a.csv", "\n".join([",".join(["Слово да."] * 16_000)] * 3).encode(), "has 16000 columns of text"),
    "one long cell": ("a.csv", b"ru,en\n" + b"a" * 2_000_000 + b",b\n", "a cell with more than 1,000,000 characters"),
    "a quotation mark without end": ("a.csv", b'ru,en\n"' + b"a b\n" * 500_000, "a cell with more than 1,000,000 characters"),
    "repeated cells": (
        "a.ods",
        packed({"content.xml": b'<d xmlns:t="t"><body><spreadsheet><t:table><t:table-row t:number-rows-repeated="1048576">'
                b'<t:table-cell t:number-columns-repeated="16000"><p>bomb</p></t:table-cell></t:table-row></t:table></spreadsheet></body></d>'}),
        "more rows, columns or text",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_ends_in_one_clear_sentence(name, data, why):
    with pytest.raises(ReadError, match=why) as caught:
        corpora.contents(File(name, data))
    message = str(caught.value)
    assert f'"{name}"' in message
    assert message.endswith(".")
    assert "\n" not in message


def test_two_hundred_megabytes_in_one_line_are_refused():
    with pytest.raises(ReadError, match="larger than 64 MB"):
        corpora.contents(File("a.csv", b"word " * 40_000_000))


def test_a_sheet_that_claims_to_be_huge_is_read_by_what_it_holds():
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{ru}</t></is></c><c r="XFD{n}" s="1"/>'
        f'<c r="B{n}" t="inlineStr"><is><t>{en}</t></is></c></row>'
        for n, (ru, en) in enumerate([("ru", "en"), *ROWS], 1)
    )
    sheet = f'<worksheet {MAIN.decode()}><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="0"/></cols><sheetData>{cells}<row r="1048576"/></sheetData></worksheet>'
    assert texts(corpora.contents(File("a.xlsx", with_parts(xl__worksheets__sheet1=sheet.encode())))) == WANTED


def test_signs_that_xml_cannot_hold_are_read_as_they_are_meant():
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>Один_x000D_два _x005F_x0041_</t><rPh><t>reading</t></rPh></is></c></row>'
    sheet = f"<worksheet {MAIN.decode()}><sheetData>{cells}</sheetData></worksheet>".encode()
    found = corpora.contents(File("a.xlsx", with_parts(xl__worksheets__sheet1=sheet)))
    assert texts(found) == {"ru": ["Один\nдва _x0041_"]}


def test_any_damage_ends_in_contents_or_a_sentence():
    chance, messages = random.Random(1955), list[str]()

    def fill(book, sheet):
        for row in FULL:
            sheet.append(row)
        sheet["C2"].comment = Comment("Really?", "Kim")
        sheet.merge_cells("B3:B4")
        sheet["F2"] = 20120
        sheet["F2"].number_format = "dd.mm.yyyy"

    with zipfile.ZipFile(io.BytesIO(workbook(fill))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    table = as_csv(FULL, ";").encode()
    for turn in range(2000 if os.environ.get("SOAK") else 200):
        if turn % 3:
            name = chance.choice(
                [
                    name
                    for name in members
                    if "sheet" in name.lower() or "comment" in name or "workbook" in name or "styles" in name
                ]
            )
            data, kind = packed(members | {name: damaged(members[name], chance)}), "a.xlsx"
            if turn % 9 == 1:
                one, other = chance.sample(sorted(members), 2)
                data = packed(members | {one: members[other], other: members[one]})
            if turn % 11 == 1:
                data = damaged(data, chance)
        else:
            data, kind = damaged(table, chance), "a.csv"
        try:
            found = corpora.contents(File(kind, data))
            assert found.versions
        except WorkbenchError as error:
            messages.append(str(error))
    assert len(messages) > 20
    assert all(message.endswith(".") and "\n" not in message and '"a.' in message for message in messages)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some flipped, cut out, doubled or put in."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(made) + 1)
        how = chance.randrange(4)
        if how == 0 and at < len(made):
            made[at] = chance.randrange(256)
        elif how == 1:
            del made[at : at + chance.randint(1, 40)]
        elif how == 2:
            made[at:at] = made[at : at + chance.randint(1, 40)]
        else:
            made[at:at] = chance.choice(
                [b'"', b"<", b"&", b"\n", b";", b"1e999", b"-1", b"99999999999999", b"\xff", b"\x00"]
            )
    return bytes(made)


CELL = st.one_of(
    st.sampled_from([one for own in SENTENCES.values() for one in own]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["", "=1+1", "-5", "@x", "'", '"', "a;b", "да", "1955"]),
)


@settings(max_examples=150)
@given(
    rows=st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=8), delimiter=st.sampled_from(",;\t|")
)
@example(rows=[["ru", "en"], ["Один", "One"]], delimiter=",")
def test_any_table_is_read_or_refused_and_every_block_holds_its_text(rows, delimiter):
    try:
        found = read(as_csv(rows, delimiter))
    except WorkbenchError:
        return
    for version in found.versions:
        assert all(version.text[block.start : block.stop].strip() for block in version.blocks)
        assert [block.start for block in version.blocks] == sorted(block.start for block in version.blocks)
    for one in found.remarks:
        assert found.versions[one.version].text[one.start : one.stop].strip()


def test_progress_is_told_and_what_it_raises_passes_through():
    class StopError(Exception):
        pass

    def stop(share: float) -> None:
        assert 0 <= share <= 1
        raise StopError

    with pytest.raises(StopError):
        corpora.contents(File("a.xlsx", with_parts(), progress=stop))
    with pytest.raises(StopError):
        corpora.contents(File("a.csv", b"Text one,\xd0\xa2\n" * 25_000, progress=stop))
