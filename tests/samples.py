"""A document that several tests ask."""

LOG = (
    "The ferry to Port Ellery was built in 1975 by the Calder yard.\n\n"
    "It was sold in 1998 because its engine had failed.\n\n"
    "Subscribe to our newsletter\n\n"
    "Its captain, Mary Quint, kept the bell.\n"
)
