package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a template into text and the tokens inside its tags, with Jinja's whitespace rules for {@code trim_blocks} and
 * {@code lstrip_blocks} and the signs {@code -} and {@code +}.
 */
final class Lexer {
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private boolean lineStart = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokenize(String source) {
        String text = source.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (position < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                add(Token.Kind.DATA, source.substring(position));
                break;
            }
            int raw = rawEnd(tag, "raw", false);
            char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
            boolean variable = source.charAt(tag + 1) == '{';
            text(tag, sign, !variable);
            if (raw >= 0) {
                advance(raw);
                rawBlock();
                continue;
            }
            advance(tag + (sign == '-' || sign == '+' ? 3 : 2));
            switch (source.charAt(tag + 1)) {
                case '#' -> comment();
                case '{' -> tag(Token.Kind.VARIABLE_BEGIN, Token.Kind.VARIABLE_END);
                default -> tag(Token.Kind.BLOCK_BEGIN, Token.Kind.BLOCK_END);
            }
        }
        add(Token.Kind.END, "");
    }

    private int nextTag() {
        for (int i = source.indexOf('{', position); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            if ("{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The text before a tag, stripped as the tag's sign says. */
    private void text(int end, char sign, boolean strippable) {
        String text = source.substring(position, end);
        if (sign == '-') {
            text = Characters.strip(text, Characters::isSpace, false, true);
        } else if (sign != '+' && strippable) {
            int start = text.lastIndexOf('\n') + 1;
            boolean blank = text.substring(start).codePoints().allMatch(Characters::isSpace);
            if ((start > 0 || lineStart) && blank) {
                text = text.substring(0, start);
            }
        }
        add(Token.Kind.DATA, text);
        advance(end);
    }

    private void comment() {
        int begin = line;
        int end = source.indexOf("#}", position);
        if (end < 0) {
            throw new ChatTemplateException("Missing end of comment tag", begin);
        }
        boolean signed = end > position;
        advance(afterTag(end + 2, signed ? source.charAt(end - 1) : ' ', true));
    }

    private void rawBlock() {
        for (int i = source.indexOf("{%", position); i >= 0; i = source.indexOf("{%", i + 1)) {
            int end = rawEnd(i, "endraw", true);
            if (end >= 0) {
                text(i, source.charAt(i + 2), true);
                advance(end);
                return;
            }
        }
        throw new ChatTemplateException("Missing end of raw directive", line);
    }

    /** Where a {@code raw} or {@code endraw} tag that begins here ends, or -1 where there is none. */
    private int rawEnd(int begin, String name, boolean last) {
        if (!source.startsWith("{%", begin)) {
            return -1;
        }
        int at = begin + 2;
        if (at < source.length() && "-+".indexOf(source.charAt(at)) >= 0) {
            at++;
        }
        at = skipSpace(at);
        if (!source.startsWith(name, at)) {
            return -1;
        }
        at = skipSpace(at + name.length());
        char sign = at < source.length() ? source.charAt(at) : ' ';
        boolean signed = sign == '-' || (last && sign == '+');
        int close = signed ? at + 1 : at;
        return source.startsWith("%}", close) ? afterTag(close + 2, signed ? sign : ' ', last) : -1;
    }

    private int afterTag(int end, char sign, boolean trimmed) {
        if (sign == '-') {
            return skipSpace(end);
        }
        return trimmed && sign != '+' && source.startsWith("\n", end) ? end + 1 : end;
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < source.length() && Characters.isSpace(source.charAt(at))) {
            at++;
        }
        return at;
    }

    private void tag(Token.Kind begin, Token.Kind end) {
        add(begin, "");
        TagLexer tag = new TagLexer(source, position, line, end == Token.Kind.BLOCK_END ? "%}" : "}}");
        tokens.addAll(tag.tokens());
        char sign = tag.sign();
        advance(tag.end());
        add(end, "");
        advance(afterTag(position, sign, end == Token.Kind.BLOCK_END));
    }

    private void add(Token.Kind kind, String text) {
        if (kind != Token.Kind.DATA || !text.isEmpty()) {
            tokens.add(new Token(kind, text, line));
        }
    }

    private void advance(int to) {
        for (int i = position; i < to; i++) {
            line += source.charAt(i) == '\n' ? 1 : 0;
        }
        lineStart = to > position ? source.charAt(to - 1) == '\n' : lineStart;
        position = to;
    }
}
