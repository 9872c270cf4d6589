"""PDF: from the letters on a page to its text in reading order, with tables, forms and headings."""
