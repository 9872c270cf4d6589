"""Documents of word processors: Word, OpenDocument, RTF."""
