"""What one event loop has one of, and what it tells connected clients."""
