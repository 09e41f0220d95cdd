"""Who lives in the stand-alone server's house. Signing in is django-allauth's."""
