"""What the control words of RTF do, as far as tables of words can say it."""

from __future__ import annotations

from dataclasses import dataclass

from askdoc.load.common.raised import Rise

TEXT, SKIPPED, FONTS, STYLES, LABEL = range(5)
"""What a group holds."""
SKIPPED_GROUPS = frozenset(
    "aftncn aftnsep aftnsepc annotation atnauthor atndate atnicn atnid atnparent atnref atntime "
    "atrfend atrfstart author buptim bxe category colortbl comment company creatim dlgauthor "
    "doccomm docvar factoidname falt filetbl fldinst fldtype fname fontemb fontfile footer "
    "footerf footerl footerr formfield ftncn ftnsep ftnsepc g generator header headerf headerl "
    "headerr hlinkbase info ixe keycode keywords latentstyles listname listoverridetable "
    "listpicture liststylename listtable manager nextfile nonesttables nonshppict objalias "
    "objclass objdata objname objsect objtime oldcprops oldpprops oldsprops oldtprops operator "
    "panose password pgdsctbl pgptbl picprop pict pn pnseclvl pnseclvl1 printim private propname "
    "propval protusertbl revtbl revtim rsidtbl rxe shpgrp shppict shprslt sn sp staticval subject "
    "sv tc template themedata title txe upr userprops wgrffmtfilter windowcaption xe xmlnstbl "
    "xmlopen".split()
)
MARGINS = frozenset("footer footerf footerl footerr header headerf headerl headerr".split())
# Known groups under `\*`, which are read; all others that are marked so are passed over.
READ_THOUGH_MARKED = frozenset(
    "footnote shpinst do nesttableprops pntext listtext shptxt dptxbxtext ud".split()
)
CHARACTERS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
SYMBOLS = {b"~": " ", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\"}
LINES = frozenset(("line", "page", "column", "softline", "lbr"))
ROW_WORDS = frozenset(("trowd", "trhdr", "clmrg", "clvmrg", "cellx"))
RISES = {"super": Rise.RAISED, "sub": Rise.LOWERED, "up": Rise.RAISED, "dn": Rise.LOWERED}
NOTE, BOX = "note", "box"


@dataclass(slots=True)
class State:
    """What a group inherits and leaves behind when it ends."""

    kind: int = TEXT
    around: int = TEXT
    """The kind of the group around one that is passed over."""
    holds: str = ""
    """Whether this group itself is a note or a text box."""
    skip: int = 1
    """How many characters follow a Unicode one for programs that do not know it."""
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    rise: Rise = Rise.NONE
    style: int = 0
    outline: int | None = None
    in_table: bool = False
    depth: int = 1
    in_nested_form: bool = False
    """Whether row words are about a table in a cell."""

    def inner(self) -> State:
        """What a group that begins here starts with; dataclasses.replace takes thrice as long."""
        return State(
            self.kind,
            self.around,
            "",
            self.skip,
            self.font,
            self.hidden,
            self.deleted,
            self.bold,
            self.rise,
            self.style,
            self.outline,
            self.in_table,
            self.depth,
            self.in_nested_form,
        )
