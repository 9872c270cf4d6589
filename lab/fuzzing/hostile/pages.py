"""Hostile web pages and saved web archives."""

from __future__ import annotations

from lab.fuzzing.hostile.case import LINE, Case, nested, numbered, text
from lab.fuzzing.hostile.files import billion_laughs, page

_MB = 1_000_000
_P = f"<p>{LINE}</p>"
_MHT = (
    "From: a\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related; boundary="b"\n\n--b\n'
    "Content-Type: text/html; charset=utf-8\n\n"
)


def _widening(count: int) -> bytes:
    """Rows that each reach over all that follow."""
    rows = "".join(f"<tr><td rowspan={count - at}>a</td></tr>" for at in range(count))
    return f"<table>{rows}</table>{_P}".encode()


def _attributes(count: int) -> bytes:
    return f"<p {' '.join(f'a{at}=b' for at in range(count))}>{LINE}</p>".encode()


def _nested_tables(count: int) -> bytes:
    """Tables in the cells of tables, each with a header that its rows repeat."""
    opened = "<table><tr><th>harbour</th></tr><tr><td>"
    return f"{_P}{opened * count}a{'</td></tr></table>' * count}".encode()


HTML = [
    Case("nested.html", 500_000, nested(_P, "<div>", "a", "</div>")),
    Case("unclosed.html", 500_000, text(_P, "<b><i>")),
    Case("paragraphs.html", 500_000, text(_P, "<p>a")),
    Case("lists.html", 200_000, text(_P, "<ul><li>a")),
    Case("tables.html", 200_000, text(_P, "<table><tr><td>")),
    Case("header tables.html", 5_000, _nested_tables),
    Case("closing.html", 500_000, text(_P, "</div>")),
    Case("crossed.html", 200_000, text(_P, "<b><p></b></p>")),
    Case("raw.html", 300_000, text(_P, "<script>")),
    Case("titles.html", 300_000, text(_P, "<title>")),
    Case("textareas.html", 300_000, text(_P, "<textarea>a")),
    Case("styles.html", 300_000, text(_P, "<style></styl")),
    Case("raw kinds.html", 100_000, text(_P, "<xmp><iframe><noembed><noframes><title><style>")),
    Case("comments.html", 500_000, text(_P, "<!--a--")),
    Case("open tags.html", _MB, text(_P, "<a ")),
    Case("open quotes.html", 500_000, text(_P, '<a b="')),
    Case("mixed quotes.html", 300_000, text(_P, "<a b=\"'> c='\"")),
    Case("equals.html", _MB, text(_P + "<a ", "=", ">")),
    Case("angle.html", 3 * _MB, text(_P, "<")),
    Case("attributes.html", 300_000, _attributes),
    Case("long attribute.html", 10 * _MB, text('<p id="', "a", f'">{LINE}</p>')),
    Case("entities.html", _MB, text(_P, "&amp;")),
    Case("ampersands.html", 3 * _MB, text(_P, "&")),
    Case("endless entity.html", 3 * _MB, text(f"{_P}&#", "1", ";")),
    Case("long entity.html", 3 * _MB, text(f"{_P}&", "a", ";")),
    Case("laughs.xhtml", 1, lambda _: billion_laughs(page(""))),
    Case("spans.html", 3_000, text("<table>", "<tr><td rowspan=65534 colspan=1000>a</td></tr>")),
    Case("widening.html", 20_000, _widening),
    Case("cells.html", 300_000, text("<table><tr><th>h</th></tr><tr>", "<td>a</td>")),
    Case("headers.html", 20_000, text("<table>", "<tr><th>h</th></tr><tr><td>a</td></tr>")),
    Case(
        "repeated names.html",
        30_000,
        lambda n: (
            f"<table><tr><th>{'h' * n}</th><th>b</th></tr>"
            + "<tr><td>1</td><td>2</td></tr>" * n
            + "</table>"
        ).encode(),
    ),
    Case("pre.html", 3 * _MB, text(f"{_P}<pre>", " \n", "</pre>")),
    Case("raised.html", 300_000, text(_P, "<sup>1")),
    Case("ruby.html", 200_000, text(_P, "<ruby>a<rt>b")),
    Case("definitions.html", 300_000, text(_P, "<dl><dt>a<dd>b")),
    Case("headings.html", 200_000, text("", "<h1>a</h1>")),
    Case("hidden.html", 300_000, text(_P, "<div hidden>a")),
    Case("classes.html", 200_000, text(_P, "<div class='cookie-cookie-cookie-ba'>a")),
    Case("doctype.html", _MB, text("<!DOCTYPE ", "[", f">{_P}")),
    Case("charset.html", 2_000, text("", "<meta a ", f"charset=>{_P}")),
    Case("processing.html", 500_000, text(_P, "<?a ")),
    Case("nuls.html", _MB, lambda n: _P.encode() + b"\0a" * n),
]
MHT = [
    Case("nested.mht", 300_000, text(_MHT, "<div>", f"{_P}\n--b--\n")),
    Case("parts.mht", 50_000, text(f"{_MHT}{_P}\n", "--b\n\na\n", "--b--\n")),
    Case("boundary.mht", 300_000, text(f"{_MHT}{_P}\n", "--b", "\n--b--\n")),
    Case(
        "boundary name.mht",
        100_000,
        lambda n: (_MHT.replace('"b"', f'"{"b" * n}"') + _P + f"\n--{'b' * n}\n" * 20).encode(),
    ),
    Case("quoted.mht", 500_000, text(f"{_MHT.replace('utf-8', 'utf-8; a=b')}{_P}", "=3D=\n")),
    Case("locations.mht", 100_000, numbered(_MHT[:-2], "Content-Location: {}\n", f"\n{_P}")),
]
CASES = [*HTML, *MHT]
