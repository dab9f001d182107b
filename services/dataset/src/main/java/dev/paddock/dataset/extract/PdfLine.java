package dev.paddock.dataset.extract;

/** One line of a page: its text, the height of its letters in points, and whether its paragraph ends here. */
record PdfLine(String text, float size, boolean paragraphEnd) {}
