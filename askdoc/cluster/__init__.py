"""A saved index that stands in an OpenSearch cluster: how one is named, and how it is talked to.

`address` is what `--index` names, `credentials` is who asks, `connection` sends one request and
reads its reply, and `client` sends it again where that helps and believes no reply unchecked.
"""
