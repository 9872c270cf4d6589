"""Hostile e-mails, mailboxes and subtitles."""

from __future__ import annotations

from base64 import b64encode

from lab.fuzzing.hostile.case import LINE, Case, numbered, text
from lab.fuzzing.hostile.files import multiparts

_MB = 1_000_000
_HEAD = "From: Ada <a@b.example>\nSubject: lamp\nMIME-Version: 1.0\n"
_PLAIN = f"{_HEAD}Content-Type: text/plain; charset=utf-8\n\n{LINE}"
_MIXED = f'{_HEAD}Content-Type: multipart/mixed; boundary="b"\n\n--b\n\n{LINE}\n'
_FROM = "From a@b Thu Jan  1 00:00:00 1970\n"
_CUE = "1\n00:00:01,000 --> 00:00:02,000\n"


def _forwarded(count: int) -> bytes:
    """A message in a message, each of them encoded once more: the size grows by a third each."""
    inner = _PLAIN.encode()
    for _ in range(count):
        head = f"{_HEAD}Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
        inner = head.encode() + b64encode(inner)
    return inner


def _archive_in_mail(count: int) -> bytes:
    """An attachment that unpacks to much."""
    from lab.fuzzing.hostile.files import flat_bomb

    head = (
        f"{_MIXED}--b\nContent-Type: application/octet-stream\n"
        'Content-Disposition: attachment; filename="a.docx"\nContent-Transfer-Encoding: base64\n\n'
    )
    return head.encode() + (b64encode(flat_bomb("survey.docx")) + b"\n--b\n") * count


EML = [
    Case("nested.eml", 1, lambda _: multiparts(LINE).encode()),
    Case("headers.eml", _MB, numbered(_HEAD, "X-{}: a\n", f"\n{LINE}")),
    Case("received.eml", 500_000, text(_HEAD, "Received: from a by b\n", f"\n{LINE}")),
    Case("folded.eml", _MB, text(f"{_HEAD}X-A: a\n", " b\n", f"\n{LINE}")),
    Case("subject.eml", 5 * _MB, text("Subject: ", "a", f"\n\n{LINE}")),
    Case("words.eml", 300_000, text("Subject: ", "=?utf-8?q?a?= ", f"\n\n{LINE}")),
    Case("open words.eml", 500_000, text("Subject: ", "=?a?q?", f"\n\n{LINE}")),
    Case("recipients.eml", 300_000, text(f"{_HEAD}To: ", "a@b, ", f"\n\n{LINE}")),
    Case("comments.eml", 500_000, text(f"{_HEAD}To: ", "(", f"\n\n{LINE}")),
    Case("open quotes.eml", 500_000, text(f"{_HEAD}To: ", '"\\', f"\n\n{LINE}")),
    Case("groups.eml", 500_000, text(f"{_HEAD}Cc: ", "a:", f"\n\n{LINE}")),
    Case("angles.eml", 500_000, text("From: ", "<a@", f"\n\n{LINE}")),
    Case("date.eml", 500_000, text(f"{_HEAD}Date: ", "1 ", f"\n\n{LINE}")),
    Case(
        "parameters.eml",
        200_000,
        numbered(f"{_HEAD}Content-Type: text/plain", "; a*{}*=b", f"\n\n{LINE}"),
    ),
    Case("type.eml", 500_000, text(f"{_HEAD}Content-Type: ", '"a;', f"\n\n{LINE}")),
    Case(
        "boundary.eml",
        300_000,
        text(f"{_HEAD}Content-Type: multipart/mixed; boundary=", "(", f"\n\n{LINE}"),
    ),
    Case("parts.eml", 200_000, text(_MIXED, f"--b\n\n{LINE}\n")),
    Case(
        "attachments.eml",
        50_000,
        numbered(_MIXED, "--b\nContent-Disposition: attachment; filename={}.txt\n\nlamp\n"),
    ),
    Case("dashes.eml", _MB, text(_MIXED, "--")),
    Case("forwarded.eml", 22, _forwarded),
    Case("bombs.eml", 40, _archive_in_mail),
    Case("quoted.eml", 100_000, lambda n: (_PLAIN + ">" * 100 + " a\n" * n).encode()),
    Case("flowed.eml", 500_000, text(_PLAIN.replace("utf-8", "utf-8; format=flowed"), "a \n")),
    Case(
        "printable.eml",
        _MB,
        text(_PLAIN.replace("\n\n", "\nContent-Transfer-Encoding: quoted-printable\n\n"), "=\n=E"),
    ),
    Case(
        "base64.eml",
        5 * _MB,
        text(_PLAIN.replace("\n\n", "\nContent-Transfer-Encoding: base64\n\n"), "YQ="),
    ),
    Case("uuencoded.eml", 300_000, text(_PLAIN, "begin 644 a\n")),
    Case("html.eml", 300_000, text(_PLAIN.replace("plain", "html"), "<div><table>")),
    Case(
        "charset.eml",
        300_000,
        text(f"{_HEAD}Content-Type: text/plain; charset=", "u", f"\n\n{LINE}"),
    ),
]
MBOX = [
    Case("headers.mbox", _MB, numbered(_FROM + _HEAD, "X-{}: a\n", f"\n{LINE}")),
    Case("messages.mbox", 100_000, text("", f"{_FROM}{_PLAIN}\n")),
    Case("empty.mbox", 500_000, text(f"{_FROM}{_PLAIN}\n", f"{_FROM}\n")),
    Case("separators.mbox", _MB, text(f"{_FROM}{_PLAIN}", "\nFrom a\n")),
    Case("long separator.mbox", 3 * _MB, text(f"{_FROM}{_PLAIN}\nFrom ", "00:0", "\n")),
    Case("quoted.mbox", 500_000, text(f"{_FROM}{_PLAIN}", ">>>From a\n")),
    Case("angles.mbox", 3 * _MB, text(f"{_FROM}{_PLAIN}", ">", "From")),
    Case("nested.mbox", 1, lambda _: (_FROM + multiparts(LINE)).encode()),
]
SUBTITLES = [
    Case("cues.srt", 200_000, text("", f"{_CUE}{LINE}\n")),
    Case("tags.srt", _MB, text(_CUE + LINE, "<i>")),
    Case("angles.srt", 3 * _MB, text(_CUE + LINE, "<")),
    Case("braces.srt", _MB, text(_CUE + LINE, "{\\a")),
    Case("arrows.srt", _MB, text(_CUE + LINE, "-->")),
    Case("times.srt", 500_000, text("", "00:00:01,000 --> ")),
    Case("digits.srt", 2 * _MB, text(f"{_CUE}{LINE}\n", "9", ":00:01,000 --> 1\na")),
    Case("one cue.srt", 500_000, text(_CUE, "lamp\n")),
    Case("notes.vtt", 300_000, text(f"WEBVTT\n\nNOTE\n{LINE}", "NOTE a\n\n", _CUE[2:] + LINE)),
    Case("styles.vtt", 300_000, text(f"WEBVTT\n\n{_CUE[2:]}{LINE}\n", "STYLE\n::cue(\n\n")),
    Case("voices.vtt", 300_000, text(f"WEBVTT\n\n{_CUE[2:]}", f"<v Ada>{LINE[:8]}")),
    Case("classes.vtt", 300_000, text(f"WEBVTT\n\n{_CUE[2:]}{LINE}<c", ".a", ">b")),
    Case("entities.vtt", _MB, text(f"WEBVTT\n\n{_CUE[2:]}{LINE}", "&l")),
    Case("long time.vtt", _MB, text("WEBVTT\n\n", "0", f":00.000 --> 00:01.000\n{LINE}")),
]
CASES = [*EML, *MBOX, *SUBTITLES]
