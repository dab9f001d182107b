package dev.paddock.llama.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of the template: sees the variables of the place of its definition, not of its call. */
record Macro(String name, List<Parameter> parameters, List<Statement> body, Scope definition) implements Callable {
    /** A parameter and its default, evaluated at each call. */
    record Parameter(String name, @Nullable Expression fallback) {}

    @Override
    public Object call(Arguments arguments, Evaluation evaluation) {
        String[] names = parameters.stream().map(Parameter::name).toArray(String[]::new);
        Arguments.Bound bound = arguments.bind(names);
        Scope scope = definition.child();
        evaluation.budget().enter();
        for (Parameter parameter : parameters) {
            scope.assign(parameter.name(), argument(parameter, bound, scope));
        }
        StringBuilder output = new StringBuilder();
        Statement.run(body, scope, output);
        evaluation.budget().leave();
        return output.toString();
    }

    private static Object argument(Parameter parameter, Arguments.Bound bound, Scope scope) {
        Object given = bound.values().get(parameter.name());
        if (given != null) {
            return given;
        }
        Expression fallback = parameter.fallback();
        return fallback != null
                ? fallback.value(scope)
                : new Undefined("parameter '" + parameter.name() + "' was not provided");
    }
}
