"""How frozen facts become PDF: the only rooms WeasyPrint may enter.

Must not know the database, the time of day, nor why a paper is issued.
"""
