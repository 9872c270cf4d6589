"""E-mail messages, and the web archives that are written like one."""
