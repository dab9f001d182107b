package dev.paddock.llama.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions every template can call. */
final class Globals {
    /** Names that Jinja defines and this interpreter refuses to read. */
    static final Set<String> UNSUPPORTED = Set.of("lipsum", "cycler", "joiner", "self");

    private Globals() {}

    static Map<String, Object> all() {
        Map<String, Object> globals = new HashMap<>();
        globals.put("range", (Callable) (arguments, evaluation) -> range(arguments));
        globals.put("dict", (Callable) Globals::dict);
        globals.put("namespace", (Callable) Globals::namespace);
        globals.put("raise_exception", (Callable) (arguments, evaluation) -> {
            Object message = arguments.bind("message").required("message");
            throw new ChatTemplateException(PythonText.str(message, evaluation.budget()));
        });
        globals.put("strftime_now", (Callable) (arguments, evaluation) -> DateFormat.format(
                PythonText.requireText(arguments.bind("format").required("format")),
                java.time.ZonedDateTime.now(evaluation.clock())));
        return globals;
    }

    private static Object range(Arguments arguments) {
        if (!arguments.keywords().isEmpty()) {
            throw new ChatTemplateException("range() takes no keyword arguments");
        }
        List<Long> bounds =
                arguments.positional().stream().map(Numbers::requireLong).toList();
        return switch (bounds.size()) {
            case 1 -> new Range(0, bounds.get(0), 1);
            case 2 -> new Range(bounds.get(0), bounds.get(1), 1);
            case 3 -> new Range(bounds.get(0), bounds.get(1), bounds.get(2));
            default -> throw new ChatTemplateException("range() takes 1 to 3 arguments");
        };
    }

    private static Dict dict(Arguments arguments, Evaluation evaluation) {
        Dict dict = new Dict();
        if (arguments.positional().size() > 1) {
            throw new ChatTemplateException("dict expected at most 1 argument");
        }
        for (Object source : arguments.positional()) {
            List<Object> pairs = source instanceof Dict other ? other.items() : Iterables.elements(source);
            for (Object pair : evaluation.budget().list(pairs)) {
                List<Object> keyAndValue = Iterables.elements(pair);
                if (keyAndValue.size() != 2) {
                    throw new ChatTemplateException("dict() takes pairs");
                }
                dict.put(keyAndValue.get(0), keyAndValue.get(1));
            }
        }
        arguments.keywords().forEach(dict::put);
        return dict;
    }

    private static Namespace namespace(Arguments arguments, Evaluation evaluation) {
        Namespace namespace = new Namespace(new LinkedHashMap<>());
        for (Dict.Entry entry : dict(arguments, evaluation).entries()) {
            namespace.assign(PythonText.str(entry.key(), evaluation.budget()), entry.value());
        }
        return namespace;
    }
}
