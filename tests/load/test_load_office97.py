"""Documents of Office 97 to 2003: what converts them is told."""

from __future__ import annotations

import pytest

from askdoc.errors import SourceUnreadable, UnsupportedFormat
from askdoc.load import load_bytes
from askdoc.load.formats import kinds_read

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


NAMES = [("a.doc", "docx"), ("a.DOT", "docx"), ("a.ppt", "pptx")]


@pytest.mark.parametrize(("name", "suffix"), NAMES)
def test_the_message_says_what_converts_it(name: str, suffix: str) -> None:
    with pytest.raises(UnsupportedFormat, match=rf"97 to 2003: .*soffice --convert-to {suffix}"):
        load_bytes(OLD, name, name)
    with pytest.raises(SourceUnreadable, match="password"):
        load_bytes(OLD + "EncryptedPackage".encode("utf-16-le"), name, name)
    with pytest.raises(UnsupportedFormat, match="it is an RTF document"):
        load_bytes(b"{\\rtf1 text}", name, name)
    assert load_bytes(b"Only text.", name, name).text == "Only text."
    assert ".doc," not in kinds_read()


def test_messages_of_outlook_are_told() -> None:
    with pytest.raises(UnsupportedFormat, match=r"a message of Outlook: a\.msg\. Save it as \.eml"):
        load_bytes(OLD, "a.msg", "a.msg")
    assert load_bytes(b"Only text.", "a.msg", "a.msg").text == "Only text."
