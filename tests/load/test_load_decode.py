"""Bytes become the right text, in encodings that people's files are in, or are no text at all."""

from __future__ import annotations

import random
import zlib

import pytest

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.charset import SAMPLE_BYTES, guess_encoding
from askdoc.load.common.decode import HEAD_BYTES, decode, looks_like_text

MIXED = "Größe, Привет, 世界 and 🚲.\r\nNext line.\n"


def is_text(data: bytes) -> bool:
    try:
        decode(data, "x")
    except UnsupportedFormat:
        return False
    return True


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_is_believed_and_dropped(encoding: str) -> None:
    assert decode(MIXED.encode(encoding), "x") == (MIXED, ())


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\x00\x00\xfe\xff"])
def test_big_endian_marks(mark: bytes) -> None:
    encoding = "utf-16-be" if len(mark) == 2 else "utf-32-be"
    assert decode(mark + MIXED.encode(encoding), "x") == (MIXED, ())


def test_only_the_first_byte_order_mark_is_one() -> None:
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfa", "x").text == "\ufeffa"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Plain words.\r\n",
        "Президент заявила, что не примет помощи.\n",
        "总统表示，她不会接受任何干预。\n她要求停止武器流入墨西哥。\n" * 3,
    ],
)
def test_utf16_without_a_mark(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert decode(data, "x") == (text, (f"not UTF-8; read as {encoding}",))
    assert looks_like_text(data)


def test_a_head_that_ends_inside_a_character_is_still_text() -> None:
    long = ("ab" + "\U0001f6b2" * 3000).encode("utf-16-le")
    for cut in range(4):
        assert looks_like_text(b" \0" + long[: HEAD_BYTES - cut]) == looks_like_text(b" \0" + long)
        assert looks_like_text(("x" * cut + "é" * HEAD_BYTES).encode()[:HEAD_BYTES])


@pytest.mark.parametrize(
    "data",
    [
        b"\0",
        b"abc\0def",
        b"abc\0def\0",
        b"\x7fELF\x02\x01\x01" + bytes(57),
        b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(range(256)) * 40),
        b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj",
        b"{\\rtf1\\ansi Some words.}",
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + b"word/document.xml" * 4,
        b"\xff\xfe" + random.Random(5).randbytes(5000),
        b"name\0\0value\0\0\0\0" * 50,
        random.Random(3).randbytes(5000),
        bytes(range(1, 32)) * 10,
    ],
    ids=range(12),
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        decode(data, "data.bin")
    assert str(caught.value).startswith("not a text file: data.bin. Save it as text")
    assert not looks_like_text(data[:HEAD_BYTES])


@pytest.mark.parametrize(
    "text", ["\x1b[31mred\x1b[0m log", "page\fpage", "bell\x07 in a long line"]
)
def test_a_few_control_characters_do_not_make_a_text_binary(text: str) -> None:
    assert decode(text.encode(), "x").text == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc2\xa0\n"])
def test_white_space_is_no_text(data: bytes) -> None:
    with pytest.raises(EmptySource, match="there is no text in it: x"):
        decode(data, "x")


SAMPLES = [
    ("cp1252", "Café fermé."),
    ("cp1252", "It’s over."),
    ("cp1252", "“Yes”"),
    ("cp1252", "México"),
    ("cp1252", "She said “it’s over” – and left. The price was £5 or €6…"),
    ("cp1252", "Le président a déclaré que l’été serait chaud. « C'est sûr », a-t-il ajouté."),
    ("cp1252", "ÉTÉ À PARIS: L’ÉLÈVE ÂGÉ EST DÉCÉDÉ"),
    ("latin-1", "Die Straße führt über die Brücke; größere Änderungen seien nicht nötig."),
    ("latin-1", "¿Qué pidió la presidenta? Detener el tráfico de armas hacia México, señor Núñez."),
    ("cp1252", "A presidente não concordou: a soberania é inegociável, e a decisão é só nossa."),
    ("cp1252", "Åtta små gäss gick över ån för att äta gräs på ängen."),
    ("cp1252", "Það er gott að þú komst. Veðrið verður ágætt, en ég veit ekki hvað við gerum."),
    ("cp1252", "Perché la presidente non può? È già così: più città, meno virtù."),
    ("cp1252", "35°C – Nº 5, § 12, ½ cup, x² + y², naïve façade, Ångström and jalapeño."),
    ("mac_roman", "Le président a déclaré que l’été serait très chaud à Paris, où il était."),
    ("cp850", "The café was closed; señor Núñez had left."),
    ("cp1250", "Zażółć gęślą jaźń. Prezydent powiedział, że nie zgodzi się na interwencję."),
    ("cp1250", "Prezidentka řekla, že zásah nepřijme. Věřila, že se dohodnou, a čekala týden."),
    ("cp1250", "Az elnök azt mondta, hogy nem fogadja el. Őszintén szólva, ez nagyon jó hír."),
    ("cp1250", "Predsjednica je rekla da će šutjeti i čekati, a građani žele više."),
    ("cp1254", "Cumhurbaşkanı bu öneriyi kabul etmeyeceğini söyledi. Bağımsızlığı tartışılamaz."),
    ("cp1251", "Президент заявила, что не примет вмешательства. Она попросила остановить оружие."),
    ("cp1251", "Привет, мир!"),
    ("cp1251", "Президентка заявила, що її країна не прийме жодного втручання."),
    ("koi8_r", "Президент заявила, что не примет вмешательства. Она попросила остановить."),
    ("cp866", "Президент заявила, что не примет вмешательства. Она попросила остановить."),
    ("cp1253", "Η πρόεδρος δήλωσε ότι δεν θα δεχτεί καμία επέμβαση στη χώρα της."),
    ("cp1255", "הנשיאה אמרה שהיא לא תקבל שום התערבות במדינה שלה."),
    ("cp1256", "قالت الرئيسة إنها لن تقبل أي تدخل في بلادها وطلبت وقف تهريب السلاح."),
    ("cp874", "ประธานาธิบดีกล่าวว่าเธอจะไม่ยอมรับการแทรกแซงใดๆ"),
    ("cp932", "大統領は、いかなる介入も受け入れないと述べた。武器の流入を止めるよう求めた。"),
    ("cp932", "こんにちは世界。"),
    ("euc_jp", "大統領は、介入を受け入れないと述べた。武器の流入を止めるよう求めた。"),
    ("gb18030", "总统表示，她不会接受任何干预。她要求停止武器流入墨西哥。"),
    ("gb18030", "你好，世界。"),
    ("big5", "總統表示，她不會接受任何干預。她要求停止武器流入墨西哥。"),
    ("cp949", "대통령은 어떤 개입도 받아들이지 않겠다고 말했다. 무기 유입을 막아 달라고 했다."),
    ("cp949", "안녕하세요"),
]


@pytest.mark.parametrize(("encoding", "text"), SAMPLES)
def test_the_encoding_is_guessed(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding), "x")
    assert decoded.text == text
    assert decoded.notes[0].startswith("not UTF-8; read as ")


@pytest.mark.parametrize(("encoding", "text"), [SAMPLES[5], SAMPLES[21], SAMPLES[30], SAMPLES[33]])
@pytest.mark.parametrize("between", ["\n", "\r\n", ""])
def test_a_long_file_is_guessed_from_a_sample_of_it(encoding: str, text: str, between: str) -> None:
    long = ("Plain words." + between) * SAMPLE_BYTES + (text + between) * 3000
    data = long.encode(encoding)
    assert len(data) > 4 * SAMPLE_BYTES
    assert decode(data, "x").text == long


def test_a_sample_of_one_line_does_not_end_inside_a_character() -> None:
    for lead in ("", "a", "ab", "abc"):
        text = lead + "总统表示她不会接受任何干预她要求停止武器流入墨西哥" * 3000
        assert guess_encoding(text.encode("gb18030")) == "gb18030"


def test_damaged_utf8_is_still_utf8() -> None:
    text = "Größe für Prüfer, ñandú, 世界. " * 10
    data = text.encode()[:-1] + b"\xff\xfe tail"
    decoded = decode(data, "x")
    assert decoded.text == text[:-1] + "\ufffd\ufffd tail"
    assert decoded.notes == (
        "not all of it is UTF-8; bytes that could not be read were replaced by U+FFFD",
    )
    assert decode("Müller, Größe".encode()[:-1], "x").text == "Müller, Größ"
    assert "世" in decode("世界世界世界".encode()[:-1], "x").text


def test_bytes_without_a_character_are_replaced_and_noted() -> None:
    text = "Le président a déclaré que l’été serait chaud. " * 10
    decoded = decode(text.encode("cp1252") + b"\x81.", "x")
    assert decoded.text == f"{text}\ufffd."
    assert decoded.notes == (
        "not UTF-8; read as cp1252; bytes that could not be read were replaced by U+FFFD",
    )


def test_a_declared_encoding_is_believed_only_where_it_fits() -> None:
    russian = "Мир дому твоему"
    assert decode(russian.encode("koi8-u"), "x", "KOI8-U").text == russian
    assert decode(russian.encode("cp1251"), "x", "cp1251").text == russian
    assert decode(russian.encode(), "x", "windows-1252") == (russian, ())
    assert decode("Café fermé.".encode("cp1252"), "x", "utf-8").text == "Café fermé."
    assert decode("Café fermé.".encode("cp1252"), "x", "no-such").text == "Café fermé."
    assert decode("Café fermé.".encode("cp1252"), "x", "shift_jis").text == "Café fermé."
    assert decode("“Ça”".encode("cp1252"), "x", " Latin1 ").text == "“Ça”"
