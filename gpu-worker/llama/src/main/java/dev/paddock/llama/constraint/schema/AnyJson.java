package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.grammar.Term;
import java.util.List;

/** JSON of any kind, as deep as it goes. */
final class AnyJson {
    private final Term.Rule value = new Term.Rule();
    private final Term object = entries("{", pair(JsonText.anyString(), value), "}");
    private final Term array = entries("[", value, "]");

    AnyJson() {
        value.define(Term.choice(List.of(
                object,
                array,
                JsonText.anyString(),
                Numbers.any(),
                Term.literal("true"),
                Term.literal("false"),
                Term.literal("null"))));
    }

    Term value() {
        return value;
    }

    Term object() {
        return object;
    }

    Term array() {
        return array;
    }

    static Term pair(Term key, Term value) {
        return Term.sequence(key, JsonText.colon(), value);
    }

    private static Term entries(String open, Term entry, String close) {
        return Lists.enclosed(open, Lists.separated(entry, 0, Integer.MAX_VALUE), close);
    }
}
