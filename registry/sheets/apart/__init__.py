"""The part that opens uploaded files: runs in a child process, without Django.

Imports nothing but the standard library, the readers and `registry.limits`; what it
finds goes out as lines of JSON. It must not know what the cells mean.
"""
