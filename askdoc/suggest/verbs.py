"""What some verbs tell about what stands beside them: who does it, to what, where.

Each table only bounds how many sentences can be used.
"""

SPEAKING = frozenset(
    "accused admitted announced argued asked claimed denied described explained promised "
    "proposed recommended refused replied said suggested told thought warned wrote married "
    "believed".split()
)
"""Pasts of what only people do, and groups of them."""

# "What did they invent?": the answer is a thing.
MAKING = frozenset(
    "abolished announced awarded banned bought built composed conquered created demanded "
    "destroyed designed developed discovered directed established founded introduced invented "
    "joined launched lost offered opened ordered painted produced promised proposed published "
    "purchased received recommended rejected requested sold stole suggested unveiled used won "
    "wrote".split()
)
"""Pasts whose object is a thing."""

PLACING = frozenset(
    "based born built buried established found founded held located made signed raised "
    "discovered imprisoned crowned arrested executed killed".split()
)
"""Participles after which "in Paris" says where."""
STAYING = frozenset(
    "lived died settled worked studied taught landed arrived graduated grew served".split()
)
"""Pasts after which "in Paris" says where."""
HAPPENING = frozenset(
    "died ended began started opened closed sank fell happened arrived retired resigned".split()
)
"""Pasts that need no object: "When did it open?"."""
SAYING = frozenset(
    "announced argued believed claimed concluded decided declared explained insisted promised "
    "proposed recommended reported said stated suggested thought warned".split()
)
"""Pasts and participles after which "that" tells what."""
