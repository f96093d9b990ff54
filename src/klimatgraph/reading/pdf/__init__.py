"""From the pages of a PDF to lines of text, in reading order.

Modules
-------
reader
    :func:`~klimatgraph.reading.pdf.reader.pages_of_pdf`, which hands the file to a process of its
    own.
pdfium, limits
    What that process does, and how much it may.
glyphs, layout, grid, pages
    Glyphs; words, rows and columns of a page; its tables; its lines.
"""
