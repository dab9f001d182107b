package dev.paddock.llama.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses literals, names, subscripts, calls, filters and tests. */
final class PrimaryParser {
    private static final int MAX_SIGNS = 100;

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    PrimaryParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expression unary(boolean filtered) {
        return unary(filtered, 0);
    }

    private Expression unary(boolean filtered, int signs) {
        Token token = tokens.current();
        if (signs > MAX_SIGNS) {
            throw new ChatTemplateException("more than " + MAX_SIGNS + " signs", token.line());
        }
        Expression operand;
        if (token.isOperator("-") || token.isOperator("+")) {
            tokens.next();
            operand = new Expression.Sign(token.isOperator("-"), unary(false, signs + 1), token.line());
        } else {
            operand = primary();
        }
        operand = postfix(operand);
        return filtered ? filters(operand) : operand;
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

    private static Object integer(Token token) {
        String text = token.text();
        int radix = text.length() < 2
                ? 10
                : switch (text.charAt(1)) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 10;
                };
        if (text.length() > 1000) {
            throw ChatTemplateException.unsupported("an integer of more than 1000 digits", token.line());
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

    Expression postfix(Expression operand) {
        Expression value = operand;
        while (true) {
            Token token = tokens.current();
            if (token.isOperator(".")) {
                value = attribute(value);
            } else if (token.isOperator("[")) {
                value = subscript(value);
            } else if (token.isOperator("(")) {
                value = new Expression.Call(value, arguments(), token.line());
            } else {
                return value;
            }
        }
    }

    private Expression attribute(Expression owner) {
        tokens.next();
        Token name = tokens.next();
        return switch (name.kind()) {
            case NAME -> new Expression.Attribute(owner, name.text(), name.line());
            case INTEGER ->
                new Expression.Item(owner, new Expression.Constant(integer(name), name.line()), name.line());
            default -> throw new ChatTemplateException("expected name or number", name.line());
        };
    }

    private Expression subscript(Expression owner) {
        int line = tokens.next().line();
        Expression none = new Expression.Constant(None.NONE, line);
        if (tokens.current().isOperator("]")) {
            throw ChatTemplateException.unsupported("an empty subscript", line);
        }
        Expression first = tokens.current().isOperator(":") ? none : expressions.expression(true);
        if (tokens.skipOperator(":")) {
            Expression stop = atBound() ? none : expressions.expression(true);
            boolean stepped = tokens.skipOperator(":");
            Expression step = !stepped || atBound() ? none : expressions.expression(true);
            closeSubscript(line);
            return new Expression.Slice(owner, first, stop, step, line);
        }
        closeSubscript(line);
        return new Expression.Item(owner, first, line);
    }

    private boolean atBound() {
        return tokens.current().isOperator(":")
                || tokens.current().isOperator("]")
                || tokens.current().isOperator(",");
    }

    private void closeSubscript(int line) {
        if (tokens.current().isOperator(",")) {
            throw ChatTemplateException.unsupported("a subscript with a comma", line);
        }
        tokens.expectOperator("]");
    }

    Expression.ArgumentList arguments() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> keywords = new LinkedHashMap<>();
        while (!tokens.skipOperator(")")) {
            if (!positional.isEmpty() || !keywords.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            argument(positional, keywords);
        }
        return new Expression.ArgumentList(positional, keywords);
    }

    private void argument(List<Expression> positional, Map<String, Expression> keywords) {
        Token token = tokens.current();
        if (token.isOperator("*") || token.isOperator("**")) {
            throw ChatTemplateException.unsupported("unpacked arguments (" + token.text() + ")", token.line());
        }
        if (token.kind() == Token.Kind.NAME && tokens.following().isOperator("=")) {
            tokens.next();
            tokens.next();
            if (keywords.put(token.text(), expressions.expression(true)) != null) {
                throw new ChatTemplateException("keyword argument repeated: " + token.text(), token.line());
            }
        } else if (keywords.isEmpty()) {
            positional.add(expressions.expression(true));
        } else {
            throw new ChatTemplateException("a positional argument after a keyword argument", token.line());
        }
    }

    private Expression filters(Expression operand) {
        Expression value = operand;
        while (true) {
            Token token = tokens.current();
            if (token.isOperator("|")) {
                value = filter(value);
            } else if (token.isName("is")) {
                value = test(value);
            } else if (token.isOperator("(")) {
                value = new Expression.Call(value, arguments(), token.line());
            } else {
                return value;
            }
        }
    }

    /** {@code | name(arguments)} applied to the value. */
    Expression filter(Expression value) {
        tokens.expectOperator("|");
        return namedFilter(value);
    }

    Expression namedFilter(Expression value) {
        Token name = tokens.expect(Token.Kind.NAME);
        if (!Filters.exists(name.text())) {
            throw ChatTemplateException.unsupported("the filter '" + name.text() + "'", name.line());
        }
        Expression.ArgumentList arguments =
                tokens.current().isOperator("(") ? arguments() : Expression.ArgumentList.EMPTY;
        return new Expression.Filtered(value, name.text(), arguments, name.line());
    }

    private Expression test(Expression value) {
        int line = tokens.next().line();
        boolean negated = tokens.skipName("not");
        Token name = tokens.expect(Token.Kind.NAME);
        if (!Tests.exists(name.text())) {
            throw ChatTemplateException.unsupported("the test '" + name.text() + "'", name.line());
        }
        Expression test = new Expression.Test(value, name.text(), testArguments(), line);
        return negated ? new Expression.Not(test, line) : test;
    }

    private Expression.ArgumentList testArguments() {
        Token token = tokens.current();
        if (token.isOperator("(")) {
            return arguments();
        }
        boolean bare =
                switch (token.kind()) {
                    case NAME -> !token.isName("else") && !token.isName("or") && !token.isName("and");
                    case STRING, INTEGER, FLOAT -> true;
                    default -> token.isOperator("[") || token.isOperator("{");
                };
        if (!bare) {
            return Expression.ArgumentList.EMPTY;
        }
        if (token.isName("is")) {
            throw new ChatTemplateException("You cannot chain multiple tests with is", token.line());
        }
        return new Expression.ArgumentList(List.of(postfix(primary())), Map.of());
    }
}
