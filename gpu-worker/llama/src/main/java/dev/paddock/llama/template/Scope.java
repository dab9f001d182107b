package dev.paddock.llama.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables visible at one place: loops, macros and blocks open a scope of their own, {@code if} does not. */
final class Scope {
    private final Evaluation evaluation;
    private final @Nullable Scope parent;
    private final Map<String, Object> variables;

    private Scope(Evaluation evaluation, @Nullable Scope parent, Map<String, Object> variables) {
        this.evaluation = evaluation;
        this.parent = parent;
        this.variables = variables;
    }

    static Scope root(Evaluation evaluation, Map<String, Object> variables) {
        Scope globals = new Scope(evaluation, null, Globals.all());
        return new Scope(evaluation, globals, new HashMap<>(variables));
    }

    Scope child() {
        return new Scope(evaluation, this, new HashMap<>());
    }

    Object lookup(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Object value = scope.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        return Undefined.name(name);
    }

    void assign(String name, Object value) {
        variables.put(name, value);
    }

    Evaluation evaluation() {
        return evaluation;
    }

    Budget budget() {
        return evaluation.budget();
    }

    /** Writes text to the output at its price. */
    void write(StringBuilder output, String text) {
        output.append(budget().text(text));
    }
}
