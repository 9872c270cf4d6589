"""Web pages, and books that consist of them."""
