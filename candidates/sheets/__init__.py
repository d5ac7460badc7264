"""Reading suppliers' own spreadsheets."""
