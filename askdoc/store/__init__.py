"""The saved index: what stands in its folder, and how nothing of it is ever lost.

    index/
      index.json     which format, which analysis of text, and which folder holds the data
      lock           held by whoever writes
      data-1/
        sources.db   SQLite: the sources, and what is committed
        terms/       tantivy: the passages with their text, by the terms that stand in them

SQLite decides what is there. The inverted index may hold more than that (what a killed writer left
behind, what was replaced a moment ago) but never less, so that one commit of SQLite moves every
reader from one state to the next. `folder` opens and makes, `catalog` reads and writes SQLite,
`terms` is the inverted index (`snapshot` is searched, `writing` changes it), `stored` gives the
nouns of `askdoc.model` over what is stored, and `parcel` is a document on its way in.
"""
