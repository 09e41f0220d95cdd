"""The doors for pages."""
