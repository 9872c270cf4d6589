"""The saved index: what stands in its folder, and how nothing of it is ever lost.

    index/
      index.json     which format, which analysis of text, and which folder holds the data
      lock           held by whoever writes
      data-1/
        sources.db   SQLite: the sources, the texts of their passages, and what is committed
        terms/       tantivy: the passages by the terms that stand in them

SQLite decides what is there: what it commits names the files that the inverted index consists of,
so that one commit of SQLite moves every reader from one state to the next. Anybody may have made
an index, and nothing in it is believed before it was checked: `gate` looks at the files, `database`
opens SQLite (after `journal`), `state` and `sources` are its rows, `segments` and `listing` what
tantivy is given, in a `mirror`. `folder` opens and makes an index, `catalog` reads and writes the
rows, `terms` opens the inverted index (`snapshot` is searched, `writing` changes it), `stored`
gives the nouns of `askdoc.model` over what is stored, and `parcel` is a document on its way in.
"""
