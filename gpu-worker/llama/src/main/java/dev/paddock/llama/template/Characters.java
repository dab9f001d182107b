package dev.paddock.llama.template;

import java.util.Locale;
import java.util.function.IntPredicate;

/** Python's classes and cases of characters. */
final class Characters {
    private Characters() {}

    /** As {@code str.isspace}. */
    static boolean isSpace(int codePoint) {
        return (codePoint >= 0x09 && codePoint <= 0x0d)
                || (codePoint >= 0x1c && codePoint <= 0x20)
                || codePoint == 0x85
                || (codePoint > 0x85 && Character.isSpaceChar(codePoint));
    }

    static String strip(String text, IntPredicate stripped, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && stripped.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && stripped.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** As {@code str.capitalize}. */
    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return titleCase(first) + lower(text.substring(Character.charCount(first)));
    }

    /** As {@code str.title}: a capital after everything that has no case. */
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            out.append(inWord ? lower(Character.toString(codePoint)) : titleCase(codePoint));
            inWord = isCased(codePoint);
            i += Character.charCount(codePoint);
        }
        return out.toString();
    }

    /** As Jinja's {@code title} filter: a capital after spaces, hyphens and opening brackets only. */
    static String titleWords(String text) {
        StringBuilder out = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean boundary = i == text.length() || isWordBreak(text.charAt(i));
            if (boundary && i > start) {
                int first = text.codePointAt(start);
                out.append(upper(Character.toString(first)));
                out.append(lower(text.substring(start + Character.charCount(first), i)));
            }
            if (boundary && i < text.length()) {
                out.append(text.charAt(i));
            }
            start = boundary ? i + 1 : start;
        }
        return out.toString();
    }

    /** True if the text has cased characters and all of them are upper (or lower) case. */
    static boolean isCase(String text, boolean upper) {
        boolean wrong = text.codePoints().anyMatch(c -> upper ? Character.isLowerCase(c) : Character.isUpperCase(c));
        return !wrong
                && text.codePoints().noneMatch(Character::isTitleCase)
                && text.codePoints().anyMatch(c -> upper ? Character.isUpperCase(c) : Character.isLowerCase(c));
    }

    private static boolean isWordBreak(char unit) {
        return isSpace(unit) || "-({[<".indexOf(unit) >= 0;
    }

    private static boolean isCased(int codePoint) {
        return Character.isUpperCase(codePoint) || Character.isLowerCase(codePoint) || Character.isTitleCase(codePoint);
    }

    private static String titleCase(int codePoint) {
        int title = Character.toTitleCase(codePoint);
        if (title != codePoint) {
            return Character.toString(title);
        }
        String upper = upper(Character.toString(codePoint));
        return upper.length() > 1 ? upper.charAt(0) + lower(upper.substring(1)) : upper;
    }
}
