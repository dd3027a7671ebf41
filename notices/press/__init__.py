"""How frozen facts become PDF: the only rooms WeasyPrint may enter.

Must not know the database, the time of day, nor why a paper is issued.
"""


class Unrendered(Exception):
    """A paper could not be laid out; the act it belongs to stands all the same."""
