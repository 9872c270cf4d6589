"""Messages as mail programs write them, odd ones, and hostile ones."""

from __future__ import annotations

import base64
import re
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packing import DATA, sample

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.formats import loader_for
from askdoc.load.mail.eml import load_eml, load_mbox
from askdoc.load.mail.flowed import unflow
from askdoc.load.mail.mht import load_mht
from askdoc.load.mail.mime import decode_words

MANY = 100_000


def text_of(data: bytes) -> str:
    return load_eml(data, "a.eml").text


def body_of(data: bytes) -> str:
    """The text below the header."""
    return text_of(b"Subject: s\n" + data).removeprefix("s").strip("\n")


@pytest.mark.parametrize("name", ["crane.eml", "watch.eml"])
def test_a_message_with_attachments_reads_as_in_a_mail_program(name: str) -> None:
    document = load_eml(sample(name), name)
    expected = (DATA / f"{name}.expected.txt").read_text(encoding="utf-8")
    assert document.text + "\n" == expected


def test_the_parts_of_a_message_are_places_and_headings() -> None:
    document = load_eml(sample("crane.eml"), "crane.eml")
    text = document.text
    assert [(heading.level, heading.title[:24]) for heading in document.headings] == [
        (1, "Crane on the north quay "),
        (2, "checklist.md"),
        (3, "Before a crane is moved"),
        (4, "Who signs"),
        (2, "Delivery of the bearing:"),
    ]
    assert document.place_at(text.index("nine days")) is None
    assert document.place_at(text.index("Piotr Malik")) == "attachment checklist.md"
    assert document.place_at(text.index("ferry is full")) == "attached message"
    assert document.heading_at(text.index("Piotr Malik")) == "Who signs"
    assert document.notes == ("attachment quay.png was not read",)


def test_of_two_forms_the_plain_one_is_read_and_the_attachment_by_its_loader() -> None:
    document = load_eml(sample("alternative.eml"), "alternative.eml")
    assert document.text.count("two people fell on the ice") == 1
    assert "on the ice.\n\nIt opens again" in document.text
    attached = re.search(rb"berths.csv\"\n\n(.*?)\n--", sample("alternative.eml"), re.DOTALL)
    assert attached is not None
    table = loader_for("berths.csv")(attached[1], "berths.csv")
    assert document.text.endswith(table.text.rstrip())
    place = document.place_at(document.text.index("Fish pier"))
    assert place is not None
    assert place.startswith("attachment berths.csv")


PLAIN = "The gate is shut.\n"
HTML = "<title>Mail</title><p>The gate is <b>shut</b> until the paint is dry.</p>"


@pytest.mark.parametrize(
    ("plain", "html", "shown"),
    [
        (PLAIN, HTML, "The gate is shut."),
        ("\n", HTML, "The gate is shut until the paint is dry."),
        ("Please view this in an HTML reader.\n", HTML, "The gate is shut until the paint is dry."),
        ("Newsletter\n", f"{HTML}{HTML}", "The gate is shut until the paint is dry.\n\n" * 2),
        (PLAIN, "<p> </p>", "The gate is shut."),
    ],
)
def test_which_form_of_a_text_is_read(plain: str, html: str, shown: str) -> None:
    rich = EmailMessage()
    rich.set_content(html, subtype="html")
    rich.add_related(b"\x89PNG", "image", "png", cid="<a>")
    message = MIMEMultipart("alternative")
    message["Subject"] = "s"
    message.attach(MIMEText(plain, "plain"))
    message.attach(rich)
    assert text_of(message.as_bytes()) == f"s\n\n{shown.strip()}"


def test_a_file_attached_inside_the_form_that_is_not_read_is_not_lost() -> None:
    both = MIMEMultipart("alternative")
    both["Subject"] = "s"
    both.attach(MIMEText("The whole text.", "plain"))
    mixed = MIMEMultipart("mixed")
    mixed.attach(MIMEText("<p>The whole text.", "html"))
    attached = MIMEText("Kept.", "plain")
    attached.add_header("Content-Disposition", "attachment", filename="a.txt")
    mixed.attach(attached)
    both.attach(mixed)
    assert text_of(both.as_bytes()) == "s\n\nThe whole text.\n\na.txt\n\nKept."


def test_messages_in_messages_keep_their_headers() -> None:
    inner = MIMEText("Deep.", "plain")
    inner["Subject"], inner["From"] = "Inner", "a@b.example"
    outer = MIMEMultipart("mixed")
    outer["Subject"] = "Outer"
    outer.attach(MIMEMessage(inner))
    outer.attach(MIMEText("After.", "plain"))
    document = load_eml(outer.as_bytes(), "a.eml")
    assert document.text == "Outer\n\nInner\n\nFrom: a@b.example\n\nDeep.\n\nAfter."
    assert [(h.title, h.level) for h in document.headings] == [("Outer", 1), ("Inner", 2)]
    assert document.place_at(document.text.index("Deep")) == "attached message"
    assert document.place_at(document.text.index("After")) is None


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"Content-Type: text/plain; charset=iso-8859-2\n\nJi\xf8\xed", "Jiří"),
        (b"Content-Type: text/plain; charset=us-ascii\n\nd\xc3\xa9j\xc3\xa0", "déjà"),
        (b"Content-Type: text/plain; charset=no-such\n\nd\xc3\xa9j\xc3\xa0", "déjà"),
        (b"Content-Transfer-Encoding: base64\n\nSGVs\nbG8h", "Hello!"),
        (b"Content-Transfer-Encoding: base64\n\nSGVsbG8hXX", "Hello!]"),
        (b"Content-Transfer-Encoding: quoted-printable\n\na =\r\nb=3D=zz", "a b==zz"),
        (b"Content-Type: text/html\n\n<meta charset=koi8-r><p>\xed\xc9\xd2", "Мир"),
        (b"Content-Type: multipart/mixed; boundary=x\n\nNo such boundary.", "No such boundary."),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nCut off", "Cut off"),
        (b"Content-Type: multipart/signed; boundary=x\n\n--x\n\nSigned.\n--x\n"
         b"Content-Type: application/pgp-signature; name=a.asc\n\n----\n--x--\n", "Signed."),
        (b"No colon, so the body begins.\nMore.", "No colon, so the body begins.\nMore."),
        (b"\n  indented\n\n> one\n> two\n-- \nMe\n", "  indented\n\n> one\n> two\n-- \nMe"),
    ],
)  # fmt: skip
def test_bodies(data: bytes, shown: str) -> None:
    assert body_of(data) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain =? not?=", "plain =? not?="),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?= an alle", "Grüße an alle"),
        ("=?UTF-8?B?R3LD?= =?utf-8?b?vMOf?= x", "Grüß x"),
        ("=?iso-8859-1?Q?a_b?= =?utf-8?Q?_c?=", "a b c"),
        ("=?nonsense?Q?=C3=A9?=", "é"),
        ("=?utf-8?B?!!?= =?utf-8?Q?=ZZ?=", "=ZZ"),
        ("=?utf-7?Q?+2AA-?=", "\ufffd"),
    ],
)
def test_encoded_words(value: str, shown: str) -> None:
    assert decode_words(value) == shown


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ('filename="=?utf-8?Q?caf=C3=A9.txt?="', "café.txt"),
        ("filename*=utf-8''caf%C3%A9.txt", "café.txt"),
        ("filename*0=\"a b\"; filename*1=.txt", "a b.txt"),
        ("filename*=nonsense'x'%FF.txt", None),
        ("filename=\"../../x\x01\n\ty.txt\"", "../../x y.txt"),
    ],
)  # fmt: skip
def test_names_of_attachments(field: str, name: str | None) -> None:
    data = f"Subject: s\nContent-Disposition: attachment; {field}\n\nKept."
    document = load_eml(data.encode(), "a.eml")
    assert "Kept." in document.text
    if name:
        assert document.places[0].name == f"attachment {name}"


def test_what_cannot_be_read_is_named() -> None:
    parts = [f'Content-Type: image/png; name="{n}.png"\n\n\0' for n in range(40)]
    parts += ["Content-Type: text/html; name=a.html\n\n<p></p>", "\nRead."]
    body = "".join(f"--x\n{part}\n" for part in parts)
    data = f"Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n{body}"
    document = load_eml(data.encode(), "a.eml")
    assert document.text == "s\n\nRead."
    assert document.notes[0] == "attachment 0.png was not read"
    assert len(document.notes) == 21


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        ("> a \n> b\n>> c \n> d", "> a b\n>> c\n> d"),
        (" >not quoted\n From", ">not quoted\nFrom"),
        ("last \n-- \nMe", "last\n--\nMe"),
    ],
)
def test_wrapped_paragraphs_are_joined(flowed: str, text: str) -> None:
    assert unflow(flowed) == text


def test_scripts_without_spaces_are_joined_without() -> None:
    data = "Content-Type: text/plain; format=flowed; delsp=yes; charset=utf-8\n\n港は \n開いた。"
    assert body_of(data.encode()) == "港は開いた。"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_letter_saved_in_utf_16_was_refused(encoding: str) -> None:
    head = "From: Jiří <j@a.example>\r\nSubject: Ceny\r\n"
    body = "Content-Type: text/plain; charset=gb2312\r\n\r\nПривет, die Tür kostet 40 €.\r\n"
    parts = (
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
        f"--x\r\n{body}--x\r\nContent-Type: text/plain; charset=iso-8859-2\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n=F8eka\r\n--x--\r\n"
    )
    shown = "Ceny\n\nFrom: Jiří <j@a.example>\n\nПривет, die Tür kostet 40 €."
    assert load_eml((head + body).encode(encoding), "a.eml").text == shown
    assert load_eml((head + parts).encode(encoding), "a.eml").text == f"{shown}\n\nřeka"
    first = "From me@a.example Mon Jan  5 10:00:00 2026\r\n"
    box = load_mbox((first + head + body).encode(encoding), "a.mbox")
    assert box.text == shown
    page = "Content-Type: text/html; charset=gb2312\r\n\r\n<p>Tür"
    assert load_mht(page.encode(encoding), "a.mht").text == "Tür"


def test_a_mailbox_is_read_message_by_message() -> None:
    head = b"From me@a.example Mon Jan  5 10:00:00 2026\n"
    data = (
        head + b"Subject: One\n\nFirst.\n>From here on.\n\n" + head + b"Subject: Two\n\nSecond.\n"
    )
    document = load_mbox(data, "a.mbox")
    assert document.text == "One\n\nFirst.\nFrom here on.\n\nTwo\n\nSecond."
    assert [(p.name, document.text[p.start :][:3]) for p in document.places] == [
        ("message 1", "One"),
        ("message 2", "Two"),
    ]
    with pytest.raises(UnsupportedFormat, match=r"not a mailbox: a\.mbox"):
        load_mbox(b"Just text.", "a.mbox")


def test_a_web_archive_is_the_page_in_it() -> None:
    page = MIMEMultipart("related", type="text/html")
    page["From"], page["Subject"] = "<Saved by a browser>", "Tides"
    page.attach(
        MIMEText("<title>Tides</title><nav>Menu</nav><p>High water at nöon.", "html", "utf-8")
    )
    page.attach(MIMEText("p { color: red }", "css"))
    document = load_mht(page.as_bytes(), "a.mht")
    assert document.text == "Tides\n\nHigh water at nöon."
    assert [h.title for h in document.headings] == ["Tides"]
    with pytest.raises(UnsupportedFormat, match="a web archive without a page"):
        load_mht(b"Content-Type: image/png\n\nx", "a.mht")


def test_files_that_are_no_messages_are_refused() -> None:
    with pytest.raises(UnsupportedFormat, match=r"not an e-mail message: a\.eml\. "):
        load_eml(b"Dear all,\n\nno header here.", "a.eml")
    with pytest.raises(EmptySource):
        load_eml(b"From: \nMessage-ID: <1@b>\n\n \n", "a.eml")


MIXED = 'Content-Type: multipart/mixed; boundary="{}"\n\n--{}\n'
FIELDS = st.sampled_from(
    [MIXED.format("x", "x"), "--x\n", "--x--\n", "\n", "Subject: =?utf-8?q?=", "To: a@b,\n\t",
     "Content-Type: ", "text/html", "message/rfc822\n\n", "; charset=", "; name*0*=a'", "\0", "é",
     "Content-Transfer-Encoding: base64\n\n", "Content-Disposition: attachment; filename=a.eml\n",
     "Content-Type: multipart/alternative; boundary=x\n\n--x\n", "> ", "word", " \n", "=\n", "<p>"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(FIELDS, max_size=30).map("".join))
def test_any_message_gives_a_document_or_a_clear_refusal(text: str) -> None:
    for load in (load_eml, load_mht, load_mbox):
        data = b"From a 10:00\n" * (load is load_mbox) + b"Subject: s\n" + text.encode()
        try:
            document = load(data, "a.eml")
        except (UnsupportedFormat, EmptySource):
            continue
        starts = [place.start for place in document.places]
        assert starts == sorted(set(starts))
        for span, title, _ in document.headings:
            assert " ".join(document.text[span.start : span.end].split()).endswith(title)


HOSTILE = {
    "nested": "".join(MIXED.format(n, n) for n in range(20_000)) + "\nx",
    "same boundary": MIXED.format("b", "b") * 20_000 + "\nx",
    "messages": "Content-Type: message/rfc822\n\n" * MANY + "\nx",
    "attached messages": "Content-Disposition: attachment; filename=a.eml\n\n" * MANY + "\nx",
    "parts": MIXED.format("b", "b") + "--b\n\nx\n" * MANY,
    "digest": 'Content-Type: multipart/digest; boundary="b"\n\n' + "--b\n\nTo: y\n\nx\n" * MANY,
    "fields": "X-A: b\n" * MANY + "\nx",
    "folds": "X-A: b\n" + "\tc\n" * MANY + "\nx",
    "addresses": "To: " + "a@b, " * MANY + "\n\nx",
    "words": "To: " + "=?utf-8?q?a?= " * MANY + "\n\nx",
    "half words": "To: " + "=?a?q?" * MANY + "\n\nx",
    "parameters": "Content-Type: text/plain" + '; a="' * MANY + "\n\nx",
    "continued": "Content-Type: text/plain" + "".join(f"; a*{n}*=b" for n in range(MANY)) + "\n\nx",
    "flowed": "Content-Type: text/plain; format=flowed\n\n" + "x \n" * MANY,
    "quoted": "Content-Type: text/plain; format=flowed\n\nx\n" + ">" * MANY + "\n> a \n" * MANY,
    "blank lines": "\n" * MANY + "x" + "\n" * MANY,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_messages_are_read(name: str) -> None:
    document = load_eml(b"Subject: s\n" + HOSTILE[name].encode(), "a.eml")
    assert len(document.text) < 2 * len(HOSTILE[name]) + 100
    if name not in ("nested", "same boundary", "messages", "attached messages"):
        assert "x" in document.text
    else:
        assert "parts are nested too deep or too many; some were not read" in document.notes


def test_a_message_wrapped_in_base64_again_and_again_is_read_to_a_depth() -> None:
    data = b"Subject: core\n\nThe core."
    for _ in range(30):
        encoded = base64.encodebytes(data)
        data = b"Subject: shell\nContent-Type: message/rfc822\n"
        data += b"Content-Transfer-Encoding: base64\n\n" + encoded
    document = load_eml(data, "a.eml")
    assert document.text.count("shell") == 21
    assert max(heading.level for heading in document.headings) == 6
