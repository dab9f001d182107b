package dev.paddock.llama.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tokens of one tag up to its closing braces. */
final class TagLexer {
    private static final Pattern FLOAT = Pattern.compile(
            "(?<!\\.)(?:\\d++_)*+\\d++(?:(?:\\.(?:\\d++_)*+\\d++)?[eE][+\\-]?(?:\\d++_)*+\\d++|\\.(?:\\d++_)*+\\d++)");
    private static final Pattern INTEGER = Pattern.compile(
            "0[bB](?:_?[01])++|0[oO](?:_?[0-7])++|0[xX](?:_?[0-9a-fA-F])++|[1-9](?:_?\\d)*+|0(?:_?0)*+");
    private static final Pattern NAME = Pattern.compile("[\\w]++", Pattern.UNICODE_CHARACTER_CLASS);
    private static final List<String> OPERATORS = List.of(
            "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");

    private static final int MAX_TOKENS = 4_000;

    private final String source;
    private final String close;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private int position;
    private int line;
    private char sign = ' ';

    TagLexer(String source, int position, int line, String close) {
        this.source = source;
        this.position = position;
        this.line = line;
        this.close = close;
        while (!atEnd()) {
            next();
            if (tokens.size() > MAX_TOKENS) {
                throw new ChatTemplateException("a tag of more than " + MAX_TOKENS + " tokens", this.line);
            }
        }
    }

    List<Token> tokens() {
        return tokens;
    }

    /** The sign before the closing braces, or a space. */
    char sign() {
        return sign;
    }

    /** Position after the closing braces. */
    int end() {
        return position;
    }

    private boolean atEnd() {
        if (position >= source.length()) {
            throw new ChatTemplateException("unexpected end of template, looking for '" + close + "'", line);
        }
        if (!open.isEmpty()) {
            return false;
        }
        char unit = source.charAt(position);
        boolean signed = (unit == '-' || (unit == '+' && close.equals("%}"))) && source.startsWith(close, position + 1);
        if (signed) {
            sign = unit;
        }
        if (signed || source.startsWith(close, position)) {
            position += signed ? 3 : 2;
            return true;
        }
        return false;
    }

    private void next() {
        char unit = source.charAt(position);
        if (Characters.isSpace(unit)) {
            line += unit == '\n' ? 1 : 0;
            position++;
        } else if (unit == '\'' || unit == '"') {
            string(unit);
        } else if (!match(FLOAT, Token.Kind.FLOAT) && !match(INTEGER, Token.Kind.INTEGER)) {
            if (!match(NAME, Token.Kind.NAME)) {
                operator();
            }
        }
    }

    private boolean match(Pattern pattern, Token.Kind kind) {
        Matcher matcher =
                pattern.matcher(source).region(position, source.length()).useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return false;
        }
        String text = matcher.group();
        if (kind == Token.Kind.NAME
                && !Character.isUnicodeIdentifierStart(text.codePointAt(0))
                && text.charAt(0) != '_') {
            throw new ChatTemplateException("Invalid character in identifier '" + text + "'", line);
        }
        tokens.add(new Token(kind, kind == Token.Kind.NAME ? text : text.replace("_", ""), line));
        position = matcher.end();
        return true;
    }

    private void string(char quote) {
        int end = position + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw new ChatTemplateException("unexpected char " + quote + ": the string is not closed", line);
        }
        String text = source.substring(position + 1, end);
        tokens.add(new Token(Token.Kind.STRING, StringEscapes.unescape(text, line), line));
        line += (int) text.chars().filter(c -> c == '\n').count();
        position = end + 1;
    }

    private void operator() {
        String operator = OPERATORS.stream()
                .filter(each -> source.startsWith(each, position))
                .findFirst()
                .orElseThrow(() -> new ChatTemplateException(
                        "unexpected char '" + Character.toString(source.codePointAt(position)) + "'", line));
        balance(operator);
        tokens.add(new Token(Token.Kind.OPERATOR, operator, line));
        position += operator.length();
    }

    private void balance(String operator) {
        switch (operator) {
            case "(" -> open.push(")");
            case "[" -> open.push("]");
            case "{" -> open.push("}");
            case ")", "]", "}" -> {
                if (open.isEmpty() || !open.pop().equals(operator)) {
                    throw new ChatTemplateException("unexpected '" + operator + "'", line);
                }
            }
            default -> {
                // needs no partner
            }
        }
    }
}
