"""Pages about the register as a whole: spreadsheets in and out."""
