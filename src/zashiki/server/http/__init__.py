"""HTTP around Django: logs, headers, compression, health and static files."""
