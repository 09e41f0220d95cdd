"""Configuration of the stand-alone server, from flags and the environment."""
