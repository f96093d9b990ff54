"""From text to sections and passages.

Modules
-------
decoding
    Bytes to text.
lines, furniture, joining, links
    Lines; running headers and footers; hyphens at line ends; links of Markdown.
headings, tables, segments
    What is a heading, what a table, and the way from lines to passages.
"""
