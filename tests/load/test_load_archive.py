"""Archives and XML that were made to do harm, or are simply broken, end in one clear error."""

from __future__ import annotations

import io
import struct
import tracemalloc
import warnings
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.errors import (
    EmptySource,
    LoadError,
    SourceTooLarge,
    SourceUnreadable,
    UnsupportedFormat,
)
from askdoc.load.common.archive import MAX_ENTRIES, MAX_PART, MAX_PARTS_READ, Archive, resolve
from askdoc.load.common.xml import MAX_DEPTH, children, descendant, tree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def central(data: bytes) -> int:
    """Where the first header of the central directory is."""
    return data.index(b"PK\x01\x02")


def patched(data: bytes, at: int, form: str, value: int) -> bytes:
    return data[:at] + struct.pack(form, value) + data[at + struct.calcsize(form) :]


def test_parts_are_read_by_name_in_any_case() -> None:
    archive = Archive(zipped({"word/Document.xml": b"<a/>", "b.txt": b"B"}), "a.docx")
    assert archive.names == ("word/Document.xml", "b.txt")
    assert archive.read("b.txt") == b"B"
    assert archive.read("WORD/document.xml") == b"<a/>"
    assert archive.read("no") is None
    assert archive.xml("no") is None
    assert "word/document.XML" in archive
    assert "word" not in archive
    with pytest.raises(UnsupportedFormat, match=r"damaged: a\.docx"):
        archive.needed("no")


def test_workbooks_whose_parts_are_named_as_windows_names_files_were_refused() -> None:
    archive = Archive(zipped({"xl\\workbook.xml": b"<a/>", "b\\c.xml": b"B"}), "a.xlsx")
    assert archive.read("xl/workbook.xml") == b"<a/>"
    assert archive.read("XL/Workbook.xml") == b"<a/>"
    assert archive.read("b/c.xml") == b"B"
    assert "workbook.xml" not in archive


def test_names_that_leave_the_archive_are_only_names() -> None:
    parts = {"../../etc/passwd": b"1", "/abs.xml": b"2", "C:\\x": b"3", "a\\..\\b": b"4"}
    archive = Archive(zipped(parts), "a.zip")
    assert [archive.read(name) for name in parts] == [b"1", b"2", b"3", b"4"]
    assert archive.read("etc/passwd") is None


@pytest.mark.parametrize(
    ("base", "reference", "name"),
    [
        ("word/document.xml", "media/image1.png", "word/media/image1.png"),
        ("ppt/slides/slide1.xml", "../notes/n1.xml", "ppt/notes/n1.xml"),
        ("ppt/slides/slide1.xml", "/ppt/notes/n1.xml", "ppt/notes/n1.xml"),
        ("", "word/document.xml", "word/document.xml"),
        ("OEBPS/a.opf", "text/chapter%201.xhtml#s2", "OEBPS/text/chapter 1.xhtml"),
        ("OEBPS/a.xhtml", "#s2", "OEBPS/a.xhtml"),
        ("OEBPS/a.opf", "./b//c.xhtml?x=1", "OEBPS/b/c.xhtml"),
        ("OEBPS/a.opf", "../../../etc/passwd", None),
        ("a.opf", "%2e%2e/secret", None),
        ("a.opf", "..\\secret", None),
        ("a.opf", "https://example.org/a.xhtml", None),
        ("a.opf", "file:///etc/passwd", None),
        ("a.opf", "//example.org/a", None),
    ],
)
def test_references_are_resolved_within_the_archive_only(
    base: str, reference: str, name: str | None
) -> None:
    assert resolve(base, reference) == name


def test_relations_of_a_part() -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://x/relationships/styles" Target="styles.xml"/>'
        b'<Relationship Id="rId2" Type="http://x/relationships/hyperlink" Target="http://a.b/"'
        b' TargetMode="External"/></Relationships>'
    )
    archive = Archive(zipped({"word/_rels/document.xml.rels": rels, "_rels/.rels": rels}), "a")
    assert archive.relations("word/document.xml") == {
        "rId1": ("styles", "word/styles.xml"),
        "rId2": ("hyperlink", None),
    }
    assert archive.relations("")["rId1"] == ("styles", "styles.xml")
    assert archive.relations("word/styles.xml") == {}


@pytest.mark.parametrize("data", [b"", b" \r\n"])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(EmptySource):
        Archive(data, "a.odt")


def test_no_archive() -> None:
    with pytest.raises(UnsupportedFormat, match=r"^not really a \.odt file: a\.odt\. Check"):
        Archive(b"Some words.", "a.odt")
    with pytest.raises(UnsupportedFormat, match="not an office document: paper"):
        Archive(b"Some words.", "paper")
    with pytest.raises(UnsupportedFormat, match="damaged"):
        Archive(zipped({"a": b"A" * 100})[:-30], "a.odt")


def test_old_and_protected_office_files() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    with pytest.raises(UnsupportedFormat, match="Office 97 to 2003"):
        Archive(container, "a.docx")
    with pytest.raises(SourceUnreadable, match="protected by a password"):
        Archive(container + "EncryptedPackage".encode("utf-16-le"), "a.docx")


def test_encrypted_parts() -> None:
    data = zipped({"a": b"A"})
    with pytest.raises(SourceUnreadable, match="protected by a password"):
        Archive(patched(data, central(data) + 8, "<H", 1), "a.docx")


def test_a_part_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    data = zipped({"a": bytes(MAX_PART + 1)})
    assert len(data) < 100_000
    archive = Archive(data, "a.docx")
    tracemalloc.start()
    try:
        with pytest.raises(SourceTooLarge, match="more than 64 MiB"):
            archive.read("a")
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_all_parts_together_are_capped() -> None:
    archive = Archive(zipped({"a": bytes(MAX_PART)}), "a.docx")
    for _ in range(MAX_PARTS_READ // MAX_PART):
        assert archive.read("a") is not None
    with pytest.raises(SourceTooLarge, match="more than 256 MiB"):
        archive.read("a")


@pytest.mark.parametrize("claimed", [0, 10, 99_999, 100_001, 2**31])
def test_sizes_that_lie(claimed: int) -> None:
    data = zipped({"a": b"A" * 100_000})
    archive = Archive(patched(data, central(data) + 24, "<I", claimed), "a.docx")
    with pytest.raises((UnsupportedFormat, SourceTooLarge)):
        archive.read("a")


def test_a_wrong_checksum() -> None:
    data = zipped({"a": b"A" * 1000})
    archive = Archive(patched(data, central(data) + 16, "<I", 12345), "a.docx")
    with pytest.raises(UnsupportedFormat, match="damaged"):
        archive.read("a")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compression(method: int) -> None:
    archive = Archive(zipped({"a": b"A"}, method), "a.docx")
    with pytest.raises(UnsupportedFormat, match="compressed in a way"):
        archive.read("a")


def test_parts_that_share_their_bytes() -> None:
    """As a zip bomb of 10 MB that unpacks to petabytes does."""
    data = zipped({"a": b"A" * 100, "b": b"B" * 100}, zipfile.ZIP_STORED)
    second = data.index(b"PK\x01\x02", central(data) + 1)
    with pytest.raises(UnsupportedFormat, match="damaged"):
        Archive(patched(data, second + 42, "<I", 0), "a.docx")


def test_too_many_parts() -> None:
    entry = zipped({"a": b""})[central(zipped({"a": b""})) :]
    with pytest.raises(SourceTooLarge, match="parts"):
        Archive(b"PK\x03\x04" + entry * (MAX_ENTRIES + 1), "a.docx")


def test_a_name_that_stands_twice() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a", b"first")
            archive.writestr("a", b"second")
    assert Archive(buffer.getvalue(), "x").read("a") == b"first"


ENTITIES = (
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://example.org/p"> %p;]><a/>',
)


@pytest.mark.parametrize("xml", ENTITIES)
@pytest.mark.parametrize("doctype", [False, True])
def test_entities_are_refused(xml: str, doctype: bool) -> None:
    with pytest.raises(UnsupportedFormat, match="declares entities or a document type"):
        tree(xml.encode(), "a.docx", doctype=doctype)


def test_document_types_are_let_pass_only_where_asked_for() -> None:
    xml = b'<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://x/ncx.dtd"><ncx>T</ncx>'
    assert tree(xml, "a.epub", doctype=True).text == "T"
    with pytest.raises(UnsupportedFormat, match="document type"):
        tree(xml, "a.docx")


def test_tags_nested_without_end_do_not_recurse() -> None:
    for closed in ("", "</a>" * 100_000):
        with pytest.raises(UnsupportedFormat, match="nested more than 256 deep"):
            tree(("<a>" * 100_000 + closed).encode(), "a.docx")
    deepest = tree(("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH).encode(), "a.docx")
    assert sum(1 for _ in deepest.iter()) == MAX_DEPTH


def test_a_tree_of_too_many_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("askdoc.load.common.xml.MAX_ELEMENTS", 1000)
    assert len(tree(b"<a>" + b"<b/>" * 999 + b"</a>", "x")) == 999
    with pytest.raises(SourceTooLarge, match="1000 XML elements"):
        tree(b"<a>" + b"<b/>" * 1000 + b"</a>", "x")


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"words",
        b"<a>",
        b"<a></b>",
        b"<a>&nbsp;</a>",
        b"<a x='1' x='2'/>",
        b"<a>\x00</a>",
        b"<?xml version='1.0' encoding='nonsense'?><a/>",
        b"<?xml version='1.0' encoding='shift_jis'?><a/>",
        b"\xff\xfe<a/>",
        b"<p:a/>",
        b"<a>\xff</a>",
    ],
)
def test_broken_xml(xml: bytes) -> None:
    with pytest.raises(UnsupportedFormat, match="damaged"):
        tree(xml, "a.docx")


def test_names_have_the_standards_prefixes_whatever_the_file_says() -> None:
    for namespace in (W, STRICT_W):
        for xml in (
            f'<z:p xmlns:z="{namespace}" z:val="1" plain="2"/>',
            f'<p xmlns="{namespace}" xmlns:y="{namespace}" y:val="1" plain="2"/>',
        ):
            root = tree(xml.encode(), "a.docx")
            assert root.tag == "w:p"
            assert dict(root.items()) == {"w:val": "1", "plain": "2"}
    root = tree(b'<a xmlns="urn:other" xml:space="preserve"><b xmlns=""/></a>', "x")
    assert (root.tag, root.get("xml:space"), root[0].tag) == ("{urn:other}a", "preserve", "b")


def test_elements_are_found_by_their_short_names() -> None:
    root = tree(f'<z:a xmlns:z="{W}"><z:b><z:c z:val="1"/></z:b><z:b/></z:a>'.encode(), "x")
    assert len(children(root, "w:b")) == 2
    found = descendant(root, "w:b/w:c")
    assert found is not None
    assert found.get("w:val") == "1"
    assert descendant(root, "w:c/w:b") is None
    assert descendant(None, "w:a") is None
    assert children(None, "w:a") == []


WHOLE = zipped({"word/document.xml": b"<a>" + b"<b>text</b>" * 50 + b"</a>", "b.xml": b"<a/>"})


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_flipped_or_cut_archives_are_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[: data.draw(st.integers(0, len(WHOLE)))])
    for _ in range(data.draw(st.integers(0, 4)) if damaged else 0):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        archive = Archive(bytes(damaged), "a.docx")
        for name in archive.names:
            assert archive.read(name) is not None
            archive.xml(name)
    except LoadError as problem:
        assert problem.where == "a.docx"
