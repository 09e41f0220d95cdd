"""The test stand of the benchmarks: one core for the server, the other for the load.

A script asks one question. It opens a ``Report``, serves peers with ``serve``, puts people in front of them
with ``Load`` and writes down what a ``Sample`` of them says.
"""
