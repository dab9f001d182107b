package dev.paddock.llama.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes a template may reach: never Java's, only those of the Python type the value stands for. */
final class Members {
    private static final Set<String> DICT = Set.of(
            "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values");
    private static final Set<String> LIST =
            Set.of("append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort");
    private static final Set<String> CHANGING = Set.of(
            "append",
            "clear",
            "extend",
            "insert",
            "pop",
            "popitem",
            "remove",
            "reverse",
            "setdefault",
            "sort",
            "update");
    private static final Map<String, Set<String>> UNSUPPORTED = Map.of(
            "tuple", Set.of("count", "index"),
            "range", Set.of("count", "index", "start", "stop", "step"),
            "int",
                    Set.of(
                            "as_integer_ratio",
                            "bit_count",
                            "bit_length",
                            "conjugate",
                            "denominator",
                            "from_bytes",
                            "imag",
                            "numerator",
                            "real",
                            "to_bytes"),
            "bool",
                    Set.of(
                            "as_integer_ratio",
                            "bit_count",
                            "bit_length",
                            "conjugate",
                            "denominator",
                            "from_bytes",
                            "imag",
                            "numerator",
                            "real",
                            "to_bytes"),
            "float", Set.of("as_integer_ratio", "conjugate", "fromhex", "hex", "imag", "is_integer", "real"),
            "dict_keys", Set.of("isdisjoint", "mapping"),
            "dict_items", Set.of("isdisjoint", "mapping"),
            "dict_values", Set.of("mapping"),
            "Macro", Set.of("name", "arguments", "catch_kwargs", "catch_varargs", "caller", "explicit_caller"),
            "generator", Set.of("close", "send", "throw", "gi_frame", "gi_code", "gi_running", "gi_yieldfrom"));

    private Members() {}

    /** The attribute, an {@link Undefined} where the sandbox forbids it, or null where the type has none. */
    static @Nullable Object find(Object owner, String name) {
        if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (owner instanceof Namespace namespace) {
            return namespace.attributes().get(name);
        }
        if (owner instanceof Loop loop) {
            return LoopMembers.find(loop, name);
        }
        if (PythonTypes.isText(owner)) {
            return TextMethods.find(owner, name);
        }
        if (owner instanceof Dict dict && DICT.contains(name)) {
            return dictMethod(dict, name);
        }
        if (owner instanceof List && LIST.contains(name)) {
            return CHANGING.contains(name) ? forbidden(owner, name) : SequenceMethods.find(owner, name);
        }
        if (UNSUPPORTED.getOrDefault(PythonTypes.name(owner), Set.of()).contains(name)) {
            throw unsupported(owner, name);
        }
        return null;
    }

    static ChatTemplateException unsupported(Object owner, String name) {
        return ChatTemplateException.unsupported("attribute '" + name + "' of " + PythonTypes.name(owner));
    }

    private static Undefined forbidden(Object owner, String name) {
        return new Undefined("access to attribute '" + name + "' of '" + PythonTypes.name(owner) + "' is unsafe");
    }

    private static Object dictMethod(Dict dict, String name) {
        return switch (name) {
            case "keys" -> view("dict_keys", dict.keys());
            case "values" -> view("dict_values", dict.values());
            case "items" -> view("dict_items", dict.items());
            case "get" -> (Callable) (arguments, evaluation) -> get(dict, arguments);
            case "copy" -> (Callable) (arguments, evaluation) -> dict;
            case "fromkeys" -> throw unsupported(dict, name);
            default -> forbidden(dict, name);
        };
    }

    private static Callable view(String kind, List<Object> elements) {
        return (arguments, evaluation) -> {
            arguments.bind();
            return new DictView(kind, evaluation.budget().list(elements));
        };
    }

    private static Object get(Dict dict, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("key", "default");
        Object value = dict.get(bound.required("key"));
        return value != null ? value : bound.get("default", None.NONE);
    }
}
