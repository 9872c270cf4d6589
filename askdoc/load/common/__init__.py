"""What loaders of several kinds share: archives, XML, encodings, layout, numbering, clauses."""
