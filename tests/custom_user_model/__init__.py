"""A site whose accounts are unlike Django's: their key is a UUID, and they are called by their address."""
