"""A saved index in an OpenSearch cluster: where it is, what stands in it, how it is asked.

`address` and `credentials` say where and as whom, `client` speaks HTTP. `layout` is what OpenSearch
keeps of a passage and of a source, `state` the one document by which something is committed,
`visible` what that state lets be seen, `catalog` reads, `writing` writes.

A cluster is somebody else's machine: whatever it says is checked as a saved index on disk is.
"""
