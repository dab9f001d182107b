/** Headings and paragraphs out of text, Markdown, HTML, PDF and Word files, in bounded memory. */
@NullMarked
package dev.paddock.dataset.extract;

import org.jspecify.annotations.NullMarked;
