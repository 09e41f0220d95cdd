"""The stand-alone chat server: a Django project whose settings come from the environment, and the ``zashiki`` command."""
