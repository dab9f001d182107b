package dev.paddock.llama.template;

import java.util.List;

/** {@code macro name(parameters)}: defines a function. */
record MacroStatement(String name, List<Macro.Parameter> parameters, List<Statement> body) implements Statement {
    @Override
    public Flow execute(Scope scope, StringBuilder output) {
        scope.assign(name, new Macro(name, parameters, body, scope));
        return Flow.NEXT;
    }
}
