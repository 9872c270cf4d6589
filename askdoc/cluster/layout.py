"""What OpenSearch keeps of a passage and of a source, and how it scores a passage.

Three indices: NAME holds the state, NAME-passages-EPOCH and NAME-sources-EPOCH the rest. What a
passage is worth is worked out by askdoc (`retrieve.bm25`); OpenSearch only has to find candidates,
by a score that hangs on nothing but the passage and the question: not on what else its shard holds,
nor on what was deleted there and not cleared up. So it needs no statistics from other shards, and
the score says how high the exact one may be at most.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

from askdoc.store.folder import FORMAT

TERMS, NUMBER, SOURCE, ROW, COUNTS = "terms", "number", "source", "row", "counts"
NAMED, WORDS, RECORD, MARKS = "named", "words", "record", "marks"
STATE = "state"
"""The identifier of the document of the state."""
EPOCH = "[0-9a-f]{12}"
"""What an epoch looks like: a new one for each time that an index is made from nothing."""

# Below the line of BM25, for a passage without length and for one of typical length: k1 (1 - b)
# and k1 b, as `retrieve.bm25` has them. A test holds the two together.
NO_LENGTH, TYPICAL_LENGTH = 0.3, 0.9
# In UTF-16 units: tokenizers cut at 255, and Lucene refuses terms above 32,766 bytes.
_LONGEST = 200
_DIGEST_BYTES = 16

# Shards of the passages where nothing else is said: enough for some ten million passages.
SHARDS = 3


def index_of_passages(name: str, epoch: str) -> str:
    """The index of the passages."""
    return f"{name}-passages-{epoch}"


def index_of_sources(name: str, epoch: str) -> str:
    """The index of the sources."""
    return f"{name}-sources-{epoch}"


def written(index: str) -> str:
    """What an index is called by whoever writes to it: an alias.

    OpenSearch makes an index of whatever name it has none of, and would so make one that was
    removed again, without what was in it; where an alias is required it does not.
    """
    return f"{index}-written"


def key(term: str) -> str:
    """A term as it stands in the cluster: one that is too long by its beginning and a digest."""
    if term.isascii() and len(term) <= _LONGEST:
        return term
    units = term.encode("utf-16-le", "replace")
    if len(units) <= 2 * _LONGEST:
        return units.decode("utf-16-le")
    digest = hashlib.blake2b(units, digest_size=_DIGEST_BYTES).hexdigest()
    return units[: 2 * _LONGEST].decode("utf-16-le", "ignore") + digest


def keys(terms: str) -> str:
    """`key` of each of some terms that are parted by blanks."""
    if terms.isascii() and len(terms) <= _LONGEST:
        return terms
    return " ".join(map(key, terms.split(" ")))


def encoded(data: bytes) -> str:
    """Bytes as JSON can have them."""
    return base64.b64encode(data).decode("ascii")


def decoded(text: Any) -> bytes:
    """What `encoded` encoded.

    Raises:
        ValueError: it is something else.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None


def with_text(data: bytes, head: int) -> str:
    """Bytes of which all but the first are UTF-8, as JSON can have them: text as it is, which is
    smaller and packs better.

    Args:
        data: the bytes.
        head: how many of them may be no text.
    """
    return f"{encoded(data[:head])} {data[head:].decode('utf-8')}"


def without_text(text: Any) -> bytes:
    """What `with_text` was given.

    Raises:
        ValueError: it is something else.
    """
    if type(text) is not str:
        raise ValueError("no text")
    head, _, rest = text.partition(" ")
    return decoded(head) + rest.encode("utf-8")


def state_body() -> dict[str, Any]:
    """How the index of the state is made."""
    return {
        "settings": {"number_of_shards": 1, **_REPLICAS, "replication.type": "DOCUMENT"},
        "mappings": {
            **_MAPPING,
            "properties": {"content": _NOT_SEARCHED, "sum": _NOT_SEARCHED_NUMBER},
        },
    }


def passages_body(typical: int, shards: int = SHARDS) -> dict[str, Any]:
    """How the index of the passages is made.

    Args:
        typical: how many terms a passage has, more or less.
        shards: how many parts it has.
    """
    similarity = {
        "type": "scripted",
        "script": {
            "source": "return query.boost * doc.freq / (doc.freq + "
            f"{NO_LENGTH} + {TYPICAL_LENGTH} * doc.length / {float(typical)});"
        },
    }
    analyzer = {
        "tokenizer": {"blanks": {"type": "char_group", "tokenize_on_chars": [" "]}},
        "analyzer": {"blanks": {"type": "custom", "tokenizer": "blanks", "filter": []}},
    }
    return {
        "settings": {
            "number_of_shards": shards,
            **_REPLICAS,
            # What is found must not hang on which copy of a shard is asked.
            "replication.type": "DOCUMENT",
            # A commit refreshes when it has written.
            "refresh_interval": "-1",
            "similarity": {"typical": similarity},
            "analysis": analyzer,
        },
        "mappings": {
            **_MAPPING,
            "_routing": {"required": True},
            "_source": {"excludes": [TERMS]},
            "properties": {
                TERMS: {
                    "type": "text",
                    "analyzer": "blanks",
                    "index_options": "freqs",
                    "similarity": "typical",
                },
                NUMBER: {"type": "long"},
                SOURCE: {"type": "long"},
                ROW: _NOT_SEARCHED,
                COUNTS: _NOT_SEARCHED,
            },
        },
    }


def sources_body() -> dict[str, Any]:
    """How the index of the sources is made."""
    return {
        "settings": {
            "number_of_shards": 1,
            **_REPLICAS,
            "replication.type": "DOCUMENT",
            "refresh_interval": "-1",
        },
        "mappings": {
            **_MAPPING,
            "properties": {
                NUMBER: {"type": "long"},
                SOURCE: {"type": "long"},
                NAMED: {"type": "keyword"},
                WORDS: {"type": "keyword"},
                RECORD: {"type": "binary"},
                MARKS: {"type": "binary"},
            },
        },
    }


_REPLICAS = {"auto_expand_replicas": "0-1"}
_MAPPING = {"dynamic": "strict", "_meta": {"askdoc": FORMAT}}
_NOT_SEARCHED = {"type": "keyword", "index": False, "doc_values": False}
_NOT_SEARCHED_NUMBER = {"type": "long", "index": False, "doc_values": False}
