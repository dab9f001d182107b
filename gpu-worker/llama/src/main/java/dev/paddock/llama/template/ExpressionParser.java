package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses expressions by Jinja's grammar, from the loosest binding to the tightest. */
final class ExpressionParser {
    private static final Set<String> MULTIPLICATIVE = Set.of("*", "/", "//", "%");
    private static final Set<String> COMPARING = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final int MAX_DEPTH = 100;

    private final TokenStream tokens;
    private final PrimaryParser primaries;
    private int depth;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.primaries = new PrimaryParser(tokens, this);
    }

    /** An expression, or several with commas between as a tuple. */
    Expression tuple(boolean conditional, boolean parenthesized, String endName) {
        int line = tokens.current().line();
        List<Expression> elements = new ArrayList<>();
        boolean commas = false;
        while (!atTupleEnd(endName)) {
            elements.add(expression(conditional));
            if (!tokens.skipOperator(",")) {
                break;
            }
            commas = true;
        }
        if (!commas && elements.size() == 1) {
            return elements.get(0);
        }
        if (!commas && !parenthesized) {
            throw tokens.unexpected("an expression");
        }
        return new Expression.TupleDisplay(elements, line);
    }

    private boolean atTupleEnd(String endName) {
        Token token = tokens.current();
        return token.kind() == Token.Kind.VARIABLE_END
                || token.kind() == Token.Kind.BLOCK_END
                || token.isOperator(")")
                || (!endName.isEmpty() && token.isName(endName));
    }

    Expression expression(boolean conditional) {
        if (++depth > MAX_DEPTH) {
            throw new ChatTemplateException(
                    "an expression nested deeper than " + MAX_DEPTH,
                    tokens.current().line());
        }
        Expression expression = conditional ? conditional() : or();
        depth--;
        return expression;
    }

    private Expression conditional() {
        int line = tokens.current().line();
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression condition = or();
            Expression other = tokens.skipName("else") ? expression(true) : null;
            value = new Expression.Conditional(condition, value, other, line);
            line = tokens.current().line();
        }
        return value;
    }

    private Expression or() {
        int line = tokens.current().line();
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Logical(false, left, and(), line);
        }
        return left;
    }

    private Expression and() {
        int line = tokens.current().line();
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.Logical(true, left, not(), line);
        }
        return left;
    }

    private Expression not() {
        int line = tokens.current().line();
        int negations = 0;
        while (tokens.skipName("not")) {
            negations++;
        }
        Expression operand = comparison();
        if (negations == 0) {
            return operand;
        }
        Expression negated = new Expression.Not(operand, line);
        return negations % 2 == 1 ? negated : new Expression.Not(negated, line);
    }

    private Expression comparison() {
        int line = tokens.current().line();
        List<Expression> operands = new ArrayList<>(List.of(sum()));
        List<String> operators = new ArrayList<>();
        for (String operator = comparing(); !operator.isEmpty(); operator = comparing()) {
            operators.add(operator);
            operands.add(sum());
        }
        return operators.isEmpty() ? operands.get(0) : new Expression.Comparison(operands, operators, line);
    }

    private String comparing() {
        Token token = tokens.current();
        if (token.kind() == Token.Kind.OPERATOR && COMPARING.contains(token.text())) {
            return tokens.next().text();
        }
        if (tokens.skipName("in")) {
            return "in";
        }
        if (token.isName("not") && tokens.following().isName("in")) {
            tokens.next();
            tokens.next();
            return "not in";
        }
        return "";
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.current().isOperator("+") || tokens.current().isOperator("-")) {
            Token operator = tokens.next();
            left = new Expression.Binary(operator.text(), left, concatenation(), operator.line());
        }
        return left;
    }

    private Expression concatenation() {
        int line = tokens.current().line();
        List<Expression> parts = new ArrayList<>(List.of(product()));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.Concatenation(parts, line);
    }

    private Expression product() {
        Expression left = power();
        while (tokens.current().kind() == Token.Kind.OPERATOR
                && MULTIPLICATIVE.contains(tokens.current().text())) {
            Token operator = tokens.next();
            left = new Expression.Binary(operator.text(), left, power(), operator.line());
        }
        return left;
    }

    private Expression power() {
        Expression left = primaries.unary(true);
        while (tokens.current().isOperator("**")) {
            Token operator = tokens.next();
            left = new Expression.Binary("**", left, primaries.unary(true), operator.line());
        }
        return left;
    }

    PrimaryParser primaries() {
        return primaries;
    }
}
