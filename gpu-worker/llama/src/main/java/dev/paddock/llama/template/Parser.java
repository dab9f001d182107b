package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses the statements of a template. */
final class Parser {
    private static final Set<String> REFUSED = Set.of(
            "block", "extends", "include", "import", "from", "autoescape", "call", "print", "do", "trans", "debug");
    private static final Set<String> CONSTANTS = Set.of("true", "True", "false", "False", "none", "None");
    private static final int MAX_DEPTH = 100;

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private int loopDepth;
    private int blockDepth;

    private Parser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Statement> parse(String source) {
        Parser parser = new Parser(new TokenStream(Lexer.tokenize(source)));
        List<Statement> body = parser.statements(Set.of());
        if (parser.tokens.current().kind() != Token.Kind.END) {
            throw parser.tokens.unexpected("end of template");
        }
        return body;
    }

    /** Statements up to a tag with one of these names, which stays current. */
    private List<Statement> statements(Set<String> ends) {
        List<Statement> body = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            switch (token.kind()) {
                case DATA -> body.add(new Statement.Text(token.text()));
                case VARIABLE_BEGIN -> {
                    body.add(new Statement.Print(expressions.tuple(true, false, "")));
                    tokens.expect(Token.Kind.VARIABLE_END);
                }
                case BLOCK_BEGIN -> {
                    if (tokens.current().kind() == Token.Kind.NAME
                            && ends.contains(tokens.current().text())) {
                        return body;
                    }
                    body.add(statement());
                    tokens.expect(Token.Kind.BLOCK_END);
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw new ChatTemplateException(
                                "unexpected end of template, looking for " + ends, token.line());
                    }
                    return body;
                }
            }
        }
    }

    /** A body from the end of its opening tag to the closing one, whose name is passed over. */
    private List<Statement> body(String... ends) {
        if (++blockDepth > MAX_DEPTH) {
            throw new ChatTemplateException(
                    "blocks nested deeper than " + MAX_DEPTH, tokens.current().line());
        }
        tokens.skipOperator(":");
        tokens.expect(Token.Kind.BLOCK_END);
        List<Statement> body = statements(Set.of(ends));
        blockDepth--;
        return body;
    }

    private Statement statement() {
        Token tag = tokens.expect(Token.Kind.NAME);
        return switch (tag.text()) {
            case "set" -> set();
            case "if" -> condition();
            case "for" -> loop();
            case "macro" -> macro();
            case "with" -> with();
            case "filter" -> filterBlock(tag);
            case "generation" -> new Statement.Generation(closed("endgeneration"));
            case "break" -> leave(Statement.Flow.BREAK, tag);
            case "continue" -> leave(Statement.Flow.CONTINUE, tag);
            default -> {
                if (REFUSED.contains(tag.text())) {
                    throw ChatTemplateException.unsupported("the tag '" + tag.text() + "'", tag.line());
                }
                throw new ChatTemplateException("Encountered unknown tag '" + tag.text() + "'", tag.line());
            }
        };
    }

    private List<Statement> closed(String end) {
        List<Statement> body = body(end);
        tokens.expectName(end);
        return body;
    }

    private Statement set() {
        int line = tokens.current().line();
        Target target = target("", true);
        if (tokens.skipOperator("=")) {
            return new Statement.Assign(target, expressions.tuple(true, false, ""));
        }
        String captured = "\u0000captured";
        Expression filters = new Expression.Name(captured, line);
        boolean filtered = tokens.current().isOperator("|");
        while (tokens.current().isOperator("|")) {
            filters = expressions.primaries().filter(filters);
        }
        return new Statement.Capture(target, filtered ? filters : null, captured, closed("endset"));
    }

    private Statement filterBlock(Token tag) {
        String captured = "\u0000captured";
        Expression filters = expressions.primaries().namedFilter(new Expression.Name(captured, tag.line()));
        while (tokens.current().isOperator("|")) {
            filters = expressions.primaries().filter(filters);
        }
        return new Statement.Capture(null, filters, captured, closed("endfilter"));
    }

    private Statement condition() {
        List<Expression> conditions = new ArrayList<>();
        List<List<Statement>> bodies = new ArrayList<>();
        do {
            conditions.add(expressions.tuple(false, false, ""));
            bodies.add(body("elif", "else", "endif"));
        } while (tokens.skipName("elif"));
        List<Statement> otherwise = tokens.skipName("else") ? body("endif") : List.of();
        tokens.expectName("endif");
        return new Statement.If(conditions, bodies, otherwise);
    }

    private Statement loop() {
        Target target = target("in", false);
        tokens.expectName("in");
        Expression sequence = expressions.tuple(false, false, "recursive");
        Expression test = tokens.skipName("if") ? expressions.expression(true) : null;
        if (tokens.current().isName("recursive")) {
            throw ChatTemplateException.unsupported(
                    "a recursive loop", tokens.current().line());
        }
        loopDepth++;
        List<Statement> body = body("endfor", "else");
        loopDepth--;
        List<Statement> otherwise = tokens.skipName("else") ? body("endfor") : List.of();
        tokens.expectName("endfor");
        return new ForStatement(target, sequence, test, body, otherwise);
    }

    private Statement leave(Statement.Flow flow, Token tag) {
        if (loopDepth == 0) {
            throw new ChatTemplateException("'" + tag.text() + "' outside loop", tag.line());
        }
        return new Statement.Leave(flow);
    }

    private Statement macro() {
        Token name = tokens.expect(Token.Kind.NAME);
        List<Macro.Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            Token parameter = tokens.expect(Token.Kind.NAME);
            Expression fallback = tokens.skipOperator("=") ? expressions.expression(true) : null;
            boolean optionalBefore = parameters.stream().anyMatch(each -> each.fallback() != null);
            if (fallback == null && optionalBefore) {
                throw new ChatTemplateException("non-default argument follows default argument", parameter.line());
            }
            parameters.add(new Macro.Parameter(parameter.text(), fallback));
        }
        int outerLoops = loopDepth;
        loopDepth = 0;
        List<Statement> body = closed("endmacro");
        loopDepth = outerLoops;
        return new MacroStatement(name.text(), parameters, body);
    }

    private Statement with() {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (tokens.current().kind() != Token.Kind.BLOCK_END) {
            if (!targets.isEmpty()) {
                tokens.expectOperator(",");
            }
            targets.add(target("", false));
            tokens.expectOperator("=");
            values.add(expressions.expression(true));
        }
        return new Statement.With(targets, values, closed("endwith"));
    }

    private Target target(String endName, boolean namespaces) {
        List<Target> targets = new ArrayList<>();
        boolean commas = false;
        while (!(commas && (tokens.current().isName(endName) || tokens.current().isOperator("=")))) {
            targets.add(singleTarget(namespaces));
            if (!tokens.skipOperator(",")) {
                break;
            }
            commas = true;
        }
        return commas ? new Target.Unpacking(targets) : targets.get(0);
    }

    private Target singleTarget(boolean namespaces) {
        if (tokens.skipOperator("(")) {
            Target inner = target("", namespaces);
            tokens.expectOperator(")");
            return inner;
        }
        Token name = tokens.expect(Token.Kind.NAME);
        if (CONSTANTS.contains(name.text())) {
            throw new ChatTemplateException("can't assign to '" + name.text() + "'", name.line());
        }
        if (namespaces && tokens.skipOperator(".")) {
            return new Target.NamespaceAttribute(
                    name.text(), tokens.expect(Token.Kind.NAME).text());
        }
        return new Target.Variable(name.text());
    }
}
