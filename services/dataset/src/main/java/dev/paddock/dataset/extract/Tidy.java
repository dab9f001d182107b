package dev.paddock.dataset.extract;

/** Text as rows want it. */
final class Tidy {
    private Tidy() {}

    /** One line: control characters and runs of whitespace become one space. */
    static String line(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}\\u00a0\\ufeff]+", " ").strip();
    }
}
