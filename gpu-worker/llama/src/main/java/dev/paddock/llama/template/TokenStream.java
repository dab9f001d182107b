package dev.paddock.llama.template;

import java.util.List;

/** The tokens of a template with the place reached. */
final class TokenStream {
    private final List<Token> tokens;
    private int position;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(position);
    }

    Token following() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = current();
        position = Math.min(position + 1, tokens.size() - 1);
        return token;
    }

    boolean skipName(String name) {
        return skip(current().isName(name));
    }

    boolean skipOperator(String operator) {
        return skip(current().isOperator(operator));
    }

    Token expect(Token.Kind kind) {
        if (current().kind() != kind) {
            throw unexpected(kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        }
        return next();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    ChatTemplateException unexpected(String wanted) {
        return new ChatTemplateException(
                "expected " + wanted + ", got " + current().describe(),
                current().line());
    }

    private boolean skip(boolean matches) {
        if (matches) {
            next();
        }
        return matches;
    }
}
