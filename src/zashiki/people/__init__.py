"""People: who is asking, their sessions, profiles and avatars."""
