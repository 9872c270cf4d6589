"""Hostile tables and records: csv, tsv, json, jsonl, ipynb."""

from __future__ import annotations

from lab.fuzzing.hostile.case import LINE, Case, nested, numbered, text

_MB = 1_000_000
_HEAD = f"place,what\nharbour,{LINE}"
_QUOTED = LINE.strip()


def _wide(count: int) -> bytes:
    """A table of as many columns as rows."""
    row = ",".join("a" for _ in range(count)) + "\n"
    return (",".join(f"h{at}" for at in range(count)) + "\n" + row * count).encode()


def _long_names(count: int) -> bytes:
    """Short rows under names that each row repeats."""
    return (",".join(["h" * count] * 3) + "\n" + "a,b,c\n" * count).encode()


def _growing_records(count: int) -> bytes:
    """Records each of which has a key more than the one before."""
    records = ("{" + ",".join(f'"k{n}":1' for n in range(at)) + "}" for at in range(count))
    return f"[{','.join(records)}]".encode()


def _deep_and_wide(count: int) -> bytes:
    deep = "[" * 99 + "1" + "]" * 99
    return f"[{','.join([deep] * count)}]".encode()


CSV = [
    Case("huge cell.csv", 100 * _MB, text(f'{_HEAD}a,"', "x", '"\n')),
    Case("large cell.csv", 60 * _MB, text(f'{_HEAD}a,"', "x", '"\n')),
    Case("lines in a cell.csv", 5 * _MB, text(f'{_HEAD}a,"', "x\n", '"\n')),
    Case("open quote.csv", 5 * _MB, text(f'{_HEAD}a,"', "x,y\n")),
    Case("open quotes.csv", _MB, text(_HEAD, '"a\n')),
    Case("quotes.csv", 5 * _MB, text(_HEAD, '"')),
    Case("quotes and text.csv", _MB, text(_HEAD, '"a"b,')),
    Case("blanks and quotes.csv", _MB, text(_HEAD, ' "')),
    Case("blanks.csv", 5 * _MB, text(_HEAD, " ", '"\n')),
    Case("blank cells.csv", _MB, text(_HEAD, '"a" ')),
    Case("commas.csv", 5 * _MB, text(_HEAD, ",")),
    Case("semicolons.csv", _MB, text(_HEAD, "a;b,c|d\te\n")),
    Case("wide.csv", 2_000, _wide),
    Case("columns.csv", 300_000, lambda n: b"h," * n + b"\n" + b"a," * n + b"\n"),
    Case("long names.csv", 20_000, _long_names),
    Case("ragged.csv", 3_000, lambda n: "".join("a," * at + "\n" for at in range(n)).encode()),
    Case("headers.csv", 200_000, text("", "name,place\n")),
    Case("rows.csv", 500_000, numbered("name,place\n", "a{},b\n")),
    Case("numbers.csv", 300_000, text("name,place\n", "1.000,50;2.000,50\n")),
    Case("figures.csv", 100_000, text("a,b\n", "1" * 40 + "abc" * 10 + ",2\n")),
    Case("long figure.csv", 3 * _MB, text("a,b\n1", ".", "x,2\nc,d\n")),
    Case("addresses.csv", 100_000, text("a,b\n", "a@" * 10 + "b,c\n")),
    Case("long address.csv", 50_000, text("a,b\n", "a@", ".,c\nd,e\n")),
    Case("dotted address.csv", 50_000, text("a,b\na@", "a.", "@,c\nd,e\n")),
    Case("separator.csv", 500_000, text("sep=", ";", f"\n{_HEAD}")),
    Case("nuls.csv", _MB, lambda n: _HEAD.encode() + b"\0," * n),
    Case("tabs.tsv", 5 * _MB, text(_HEAD.replace(",", "\t"), "\t")),
    Case("rows.tsv", 300_000, text(_HEAD.replace(",", "\t"), 'a\t"b\n')),
]
JSON = [
    Case("nested.json", 5 * _MB, nested("", "[", f'"{_QUOTED}"', "]")),
    Case("objects.json", _MB, nested("", '{"a":', "1", "}")),
    Case("deep and wide.json", 20_000, _deep_and_wide),
    Case("numbers.json", 5 * _MB, text(f'["{_QUOTED}"', ",1", "]")),
    Case("one number.json", 5 * _MB, text(f'["{_QUOTED}",', "9", "]")),
    Case("exponent.json", _MB, text(f'["{_QUOTED}",1e', "9", "]")),
    Case("strings.json", 2 * _MB, text(f'["{_QUOTED}"', ',"a"', "]")),
    Case("one string.json", 30 * _MB, text(f'["{_QUOTED}","', "a", '"]')),
    Case("escapes.json", _MB, text(f'["{_QUOTED}', "\\u0301", '"]')),
    Case("surrogates.json", _MB, text(f'["{_QUOTED}', "\\ud800", '"]')),
    Case("keys.json", 500_000, numbered(f'{{"a":"{_QUOTED}"', ',"k{}":1', "}")),
    Case("same key.json", 500_000, text(f'{{"a":"{_QUOTED}"', ',"k":1', "}")),
    Case("long key.json", 5 * _MB, text('{"', "k", f'":["{_QUOTED}",{{"a":1}}]}}')),
    Case("records.json", 300_000, text("[", '{"a":1,"b":"lamp"},', '{"a":2,"b":"lit"}]')),
    Case("growing records.json", 1_500, _growing_records),
    Case(
        "named deep.json",
        200_000,
        text(f'[{{"a":{{"b":{{"c":"{_QUOTED}"}}}}}}', ',{"a":{"b":{"c":1}}}', "]"),
    ),
    Case("blanks.json", 20 * _MB, text("[", " ", f'"{_QUOTED}"]')),
    Case("open.json", _MB, text('["', "\\", "")),
    Case("cut.json", 500_000, text('[{"a":"lamp"}', ',{"a":1')),
    Case("nested.jsonl", 5 * _MB, nested("", "[", "1", "]")),
    Case("lines.jsonl", 500_000, numbered("", '{{"a":{},"b":"lamp"}}\n')),
    Case("broken lines.jsonl", 500_000, text(f'{{"a":"{_QUOTED}"}}\n', "{\n")),
    Case("empty lines.jsonl", 5 * _MB, text(f'{{"a":"{_QUOTED}"}}\n', "\n")),
    Case("new keys.jsonl", 200_000, numbered("", '{{"k{}":"lamp"}}\n')),
]
_CELL = '{"cell_type":"markdown","source":"# lamp"}'
_TABLE = '{"cell_type":"code","outputs":[{"data":{"text/html":"<table><tr><td>a"}}]}'
NOTEBOOKS = [
    Case("cells.ipynb", 30_000, text(f'{{"cells":[{_CELL}', f",{_CELL}", "]}")),
    Case("nested.ipynb", 5 * _MB, nested('{"cells":[', "[", _CELL, "]", "]}")),
    Case("results.ipynb", 50_000, text(f'{{"cells":[{_TABLE}', f",{_TABLE}", "]}")),
    Case("lines.ipynb", _MB, text('{"cells":[{"source":["a"', ',"b"', "]}]}")),
]
CASES = [*CSV, *JSON, *NOTEBOOKS]
