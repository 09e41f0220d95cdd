"""What one person or one network may cost the server."""
