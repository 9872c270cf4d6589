"""A saved index in an OpenSearch cluster: where it is, what stands in it, how it is asked.

`address` and `credentials` say where and as whom, `client` speaks HTTP. `layout` is what OpenSearch
keeps of a passage and of a source, `records` packs them, `indices` makes and clears their indices.
`state` is the one document by which something is committed, `committed` reads and replaces it, and
`visible` is what it lets be seen. `catalog` reads, `writing` is the right to write.

A cluster is somebody else's machine: whatever it says is checked as a saved index on disk is.
"""
