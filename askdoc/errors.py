"""One tree of errors, so that a caller can catch as much or as little as it wants.

    AskdocError                what went wrong: where. What to do.
     |-- LoadError             one source could not be read; others may still be
     |    |-- SourceNotFound       no such file or folder
     |    |-- SourceUnreadable     there, but not to be read: rights, a device, a broken file
     |    |-- UnsupportedFormat    not text, and no loader for its kind
     |    |-- EmptySource          there is no text in it
     |    |-- SourceTooLarge       larger than what is held in memory
     |    `-- LinksNotFollowed     links lead out of the folder that was named
     |-- NoDocuments           nothing is left to ask
     |-- UnknownSource         no document that is asked has this name
     |-- SavedIndexError       the saved index cannot be used
     |    |-- IndexNotFound        there is none in this folder
     |    |-- IndexBusy            somebody else is writing it
     |    |-- IndexOutdated        another version of askdoc made it
     |    |-- IndexDamaged         what stands in it is not what was written
     |    |-- IndexChanged         it was updated while it was being read
     |    |-- IndexUnwritable      no room, or no right, to write it
     |    `-- ClusterError         the cluster that holds it cannot be used
     |         |-- ClusterMisnamed       its address or credentials are no such thing
     |         |-- ClusterUnreachable    no trusted connection, or no reply
     |         |    `-- ClusterReplyLost     whether what was sent was done is not known
     |         |-- ClusterRefused        it does not know who asks, or does not let them
     |         `-- ClusterFailed         it replied, but not with all that was asked for
     |-- NotWatched            the system does not tell when a file changes
     |-- QuestionError         the question has no words
     `-- ModelError            the neural reader's model is missing, damaged or cannot be run

Every error says what went wrong, where, and what to do about it; the three parts make the one line
that the command line shows.
"""

from __future__ import annotations


class AskdocError(Exception):
    """Base of all errors that askdoc raises on purpose.

    Args:
        what: what went wrong, lower case, without a full stop.
        where: the file, folder or text that it is about; empty where there is none.
        remedy: what to do about it, a full sentence.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        line = f"{self.what}: {self.where}." if self.where else f"{self.what}."
        return f"{line} {self.remedy}" if self.remedy else line


class LoadError(AskdocError):
    """One source could not be read."""


class SourceNotFound(LoadError):
    """There is no such file or folder."""


class SourceUnreadable(LoadError):
    """The source is there but cannot be read."""


class UnsupportedFormat(LoadError):
    """The source is not text and of no kind that askdoc reads."""


class EmptySource(LoadError):
    """There is no text in the source."""


class SourceTooLarge(LoadError):
    """The source is larger than what is held in memory."""


class LinksNotFollowed(LoadError):
    """Links lead out of a folder that was named, and it was not said that they are followed."""


class NoDocuments(AskdocError):
    """There is nothing to ask."""


class UnknownSource(AskdocError):
    """No document that is asked has this name."""


class SavedIndexError(AskdocError):
    """The saved index cannot be used."""


class IndexNotFound(SavedIndexError):
    """There is no saved index in this folder."""


class IndexBusy(SavedIndexError):
    """Another process is writing this index."""


class IndexOutdated(SavedIndexError):
    """The index was made by a version of askdoc that splits or analyses text in another way."""


class IndexDamaged(SavedIndexError):
    """What stands in the index is not what was written."""


class IndexChanged(SavedIndexError):
    """What was found has left the index since: it was updated in the meantime."""


class IndexUnwritable(SavedIndexError):
    """The index cannot be written: no room left, or no right to write."""


class ClusterError(SavedIndexError):
    """The cluster that holds the saved index cannot be used."""


class ClusterMisnamed(ClusterError):
    """The cluster's address, or what is needed to be let in, is not of the form it has to be."""


class ClusterUnreachable(ClusterError):
    """No connection to the cluster can be made or trusted, or no reply came."""


class ClusterReplyLost(ClusterUnreachable):
    """What must not be sent twice was sent, and no verdict came: it may have been done or not."""


class ClusterRefused(ClusterError):
    """The cluster does not know who asks, or does not let them do this."""


class ClusterFailed(ClusterError):
    """The cluster replied, but not with all that was asked for."""


class NotWatched(AskdocError):
    """The system does not tell when a file changes, so that one has to look."""


class QuestionError(AskdocError):
    """The question has no words."""


class ModelError(AskdocError):
    """The neural reader's model is missing or damaged, or this machine cannot run it."""
