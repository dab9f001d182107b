package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses what follows a value: subscripts, calls, filters and tests. */
final class PrimaryParser {
    private static final int MAX_SIGNS = 100;

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final LiteralParser literals;

    PrimaryParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.literals = new LiteralParser(tokens, expressions);
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
            operand = literals.primary();
        }
        operand = postfix(operand);
        return filtered ? filters(operand) : operand;
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
                new Expression.Item(
                        owner, new Expression.Constant(LiteralParser.integer(name), name.line()), name.line());
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
        return new Expression.ArgumentList(List.of(postfix(literals.primary())), Map.of());
    }
}
