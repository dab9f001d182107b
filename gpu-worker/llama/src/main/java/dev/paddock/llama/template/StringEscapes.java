package dev.paddock.llama.template;

import java.util.Map;

/** Python's escapes in string literals. */
final class StringEscapes {
    private static final Map<Character, String> SIMPLE = Map.ofEntries(
            Map.entry('n', "\n"),
            Map.entry('t', "\t"),
            Map.entry('r', "\r"),
            Map.entry('a', "\u0007"),
            Map.entry('b', "\b"),
            Map.entry('f', "\f"),
            Map.entry('v', "\u000b"),
            Map.entry('\\', "\\"),
            Map.entry('\'', "'"),
            Map.entry('"', "\""),
            Map.entry('\n', ""));

    private StringEscapes() {}

    static String unescape(String text, int line) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                out.append(text.charAt(i));
                continue;
            }
            int code = text.codePointAt(++i);
            String simple = code < 128 ? SIMPLE.get((char) code) : null;
            if (simple != null) {
                out.append(simple);
            } else if (code == 'x' || code == 'u' || code == 'U') {
                int digits = code == 'x' ? 2 : code == 'u' ? 4 : 8;
                out.appendCodePoint(hexadecimal(text, i + 1, digits, line));
                i += digits;
            } else if (code >= '0' && code <= '7') {
                int end = i + 1;
                while (end < text.length() && end < i + 3 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
                    end++;
                }
                out.appendCodePoint(Integer.parseInt(text.substring(i, end), 8));
                i = end - 1;
            } else if (code == 'N') {
                throw ChatTemplateException.unsupported("the escape \\N in a string", line);
            } else {
                out.append(code < 128 ? "\\" + (char) code : TextRepr.escape(code));
                i += Character.charCount(code) - 1;
            }
        }
        return out.toString();
    }

    private static int hexadecimal(String text, int from, int digits, int line) {
        String number = text.substring(from, Math.min(from + digits, text.length()));
        if (number.length() == digits && number.matches("[0-9a-fA-F]+")) {
            long code = Long.parseLong(number, 16);
            if (code <= Character.MAX_CODE_POINT) {
                return (int) code;
            }
        }
        throw new ChatTemplateException("wrong escape in a string: \\" + text.charAt(from - 1) + number, line);
    }
}
