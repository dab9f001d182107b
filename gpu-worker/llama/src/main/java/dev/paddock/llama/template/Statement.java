package dev.paddock.llama.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template that writes or assigns. */
sealed interface Statement permits ForStatement, MacroStatement, Statement.Simple {
    /** How a statement ended. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Flow execute(Scope scope, StringBuilder output);

    /** The statements in order, until one leaves the loop. */
    static Flow run(List<Statement> body, Scope scope, StringBuilder output) {
        for (Statement statement : body) {
            Flow flow = statement.execute(scope, output);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    /** The output of a body run in a scope of its own. */
    static String capture(List<Statement> body, Scope scope) {
        StringBuilder captured = new StringBuilder();
        run(body, scope.child(), captured);
        return captured.toString();
    }

    /** All statements but loops and macros. */
    sealed interface Simple extends Statement {}

    record Text(String text) implements Simple {
        @Override
        public Flow execute(Scope scope, StringBuilder output) {
            scope.write(output, text);
            return Flow.NEXT;
        }
    }

    record Print(Expression expression) implements Simple {
        @Override
        public Flow execute(Scope scope, StringBuilder output) {
            scope.write(output, PythonText.str(expression.value(scope), scope.budget()));
            return Flow.NEXT;
        }
    }

    record Assign(Target target, Expression expression) implements Simple {
        @Override
        public Flow execute(Scope scope, StringBuilder output) {
            target.assign(scope, expression.value(scope));
            return Flow.NEXT;
        }
    }

    /** A set statement with a body, or a filter block: the filters stand around the variable {@code captured}. */
    record Capture(@Nullable Target target, @Nullable Expression filters, String captured, List<Statement> body)
            implements Simple {
        @Override
        public Flow execute(Scope scope, StringBuilder output) {
            Object value = capture(body, scope);
            if (filters != null) {
                Scope filtering = scope.child();
                filtering.assign(captured, value);
                value = filters.value(filtering);
            }
            if (target != null) {
                target.assign(scope, value);
            } else {
                scope.write(output, PythonText.str(value, scope.budget()));
            }
            return Flow.NEXT;
        }
    }

    record If(List<Expression> conditions, List<List<Statement>> bodies, List<Statement> otherwise) implements Simple {
        @Override
        public Flow execute(Scope scope, StringBuilder output) {
            for (int i = 0; i < conditions.size(); i++) {
                if (Truth.of(conditions.get(i).value(scope))) {
                    return run(bodies.get(i), scope, output);
                }
            }
            return run(otherwise, scope, output);
        }
    }

    /** {@code with a = 1, b = 2}: the values are those of the outer scope. */
    record With(List<Target> targets, List<Expression> values, List<Statement> body) implements Simple {
        @Override
        public Flow execute(Scope scope, StringBuilder output) {
            Scope inner = scope.child();
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(inner, values.get(i).value(scope));
            }
            return run(body, inner, output);
        }
    }

    /** {@code generation} of transformers: marks the assistant's text; only its output matters here. */
    record Generation(List<Statement> body) implements Simple {
        @Override
        public Flow execute(Scope scope, StringBuilder output) {
            return run(body, scope.child(), output);
        }
    }

    record Leave(Flow flow) implements Simple {
        @Override
        public Flow execute(Scope scope, StringBuilder output) {
            return flow;
        }
    }
}
