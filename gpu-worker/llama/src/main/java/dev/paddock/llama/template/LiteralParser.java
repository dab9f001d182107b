package dev.paddock.llama.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Parses names, literals, and tuples, lists and dicts as written. */
final class LiteralParser {
    private static final int MAX_DIGITS = 1000;

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    LiteralParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expression primary() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name(tokens.next());
            case STRING -> text();
            case INTEGER -> new Expression.Constant(integer(tokens.next()), token.line());
            case FLOAT -> new Expression.Constant(Double.valueOf(tokens.next().text()), token.line());
            case OPERATOR -> display(token);
            default -> throw tokens.unexpected("an expression");
        };
    }

    private static Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Constant(true, token.line());
            case "false", "False" -> new Expression.Constant(false, token.line());
            case "none", "None" -> new Expression.Constant(None.NONE, token.line());
            default -> {
                if (Globals.UNSUPPORTED.contains(token.text())) {
                    throw ChatTemplateException.unsupported("the name '" + token.text() + "'", token.line());
                }
                yield new Expression.Name(token.text(), token.line());
            }
        };
    }

    private Expression text() {
        int line = tokens.current().line();
        StringBuilder text = new StringBuilder();
        while (tokens.current().kind() == Token.Kind.STRING) {
            text.append(tokens.next().text());
        }
        return new Expression.Constant(text.toString(), line);
    }

    static Object integer(Token token) {
        String text = token.text();
        int radix = text.length() < 2
                ? 10
                : switch (text.charAt(1)) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 10;
                };
        if (text.length() > MAX_DIGITS) {
            throw ChatTemplateException.unsupported("an integer of more than " + MAX_DIGITS + " digits", token.line());
        }
        return Numbers.normal(new BigInteger(radix == 10 ? text : text.substring(2), radix));
    }

    private Expression display(Token token) {
        tokens.next();
        switch (token.text()) {
            case "(" -> {
                Expression inner = parenthesized();
                tokens.expectOperator(")");
                return inner;
            }
            case "[" -> {
                return list(token.line());
            }
            case "{" -> {
                return dict(token.line());
            }
            default -> throw new ChatTemplateException("unexpected " + token.describe(), token.line());
        }
    }

    private Expression parenthesized() {
        return expressions.tuple(true, true, "");
    }

    private Expression list(int line) {
        List<Expression> elements = new ArrayList<>();
        while (!tokens.skipOperator("]")) {
            if (!elements.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("]")) {
                    break;
                }
            }
            elements.add(expressions.expression(true));
        }
        return new Expression.ListDisplay(elements, line);
    }

    private Expression dict(int line) {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("}")) {
                    break;
                }
            }
            keys.add(expressions.expression(true));
            tokens.expectOperator(":");
            values.add(expressions.expression(true));
        }
        return new Expression.DictDisplay(keys, values, line);
    }
}
