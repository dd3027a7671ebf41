"""Text that a spreadsheet would run, kept from running: put in guard and taken out again.

It must not know a file format. Source: OWASP ASVS 1.2.10.
"""

# A leading quotation mark is guarded too, or taking the guard out would eat it.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")
_GUARD = "'"


def guarded(text: str) -> str:
    """Return the text as it may stand in a CSV cell."""
    return _GUARD + text if text.startswith(_DANGEROUS) else text


def unguarded(text: str) -> str:
    """Return what was guarded; any other text as it is."""
    inner = text.removeprefix(_GUARD)
    return inner if inner != text and inner.startswith(_DANGEROUS) else text
