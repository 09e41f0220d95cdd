"""The request that opens a socket: as Django sees it, from which page, at which path."""
