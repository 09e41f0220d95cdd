"""Messages: rendering, mentions, history and what is derived from them."""
