"""A comparison of two texts for people: as text, as an HTML page, as an Excel workbook."""
