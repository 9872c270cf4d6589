"""What tables of all formats share: which rows name the columns, and how a row is written down."""
