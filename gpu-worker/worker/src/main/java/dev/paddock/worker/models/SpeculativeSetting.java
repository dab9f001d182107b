package dev.paddock.worker.models;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.methods.drafting.DraftingInput;
import dev.paddock.methods.drafting.DraftingMethod;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The setting {@value #NAME}: a JSON object in vLLM's terms, whose {@code method} is one of the drafting methods and whose other
 * members are its parameters, with underscores as vLLM has them or as the catalogue writes them.
 */
final class SpeculativeSetting {
    static final String NAME = "paddock.serving.speculative-config";
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private final @Nullable Chosen<?> chosen;

    /** A method with its parameters. */
    private record Chosen<P extends Record>(DraftingMethod<P> method, P params) {
        Optional<Speculation> speculation(DraftingInput input) {
            return method.speculation(params, input);
        }
    }

    private SpeculativeSetting(@Nullable Chosen<?> chosen) {
        this.chosen = chosen;
    }

    /**
     * Reads the setting.
     *
     * @param json null or blank where nothing is to be guessed
     * @throws IllegalArgumentException where it is wrong
     */
    static SpeculativeSetting of(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return new SpeculativeSetting(null);
        }
        try {
            return new SpeculativeSetting(chosen(object(json)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(NAME + " is " + json + ": " + e.getMessage(), e);
        }
    }

    private static Chosen<?> chosen(ObjectNode given) {
        String method = given.path("method").asString("").replace('_', '-');
        given.remove("method");
        return chosen(Catalogue.load(DraftingMethod.class).get(method), given);
    }

    private static ObjectNode object(String json) {
        if (!(JsonMapper.shared().readTree(json) instanceof ObjectNode given)) {
            throw new IllegalArgumentException("it must be a JSON object with a method");
        }
        ObjectNode object = given.objectNode();
        for (Map.Entry<String, JsonNode> member : given.properties()) {
            String name = UNDERSCORE.matcher(member.getKey()).replaceAll(match -> match.group(1)
                    .toUpperCase(Locale.ROOT));
            object.set(name, member.getValue());
        }
        return object;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the catalogue checked that Params is the method's own record
    private static <P extends Record> Chosen<P> chosen(Item<DraftingMethod> item, ObjectNode params) {
        P bound = (P) item.parameters().bind(params);
        DraftingMethod<P> method = item.implementation();
        method.check(bound);
        return new Chosen<>(method, bound);
    }

    /**
     * How a model's answers are guessed ahead; nothing where they are not.
     *
     * @throws UnsupportedModelException where the setting does not fit the model
     */
    Optional<Speculation> speculation(DraftingInput input) {
        try {
            return chosen == null ? Optional.empty() : chosen.speculation(input);
        } catch (UnsupportedModelException e) {
            throw new UnsupportedModelException(
                    "%s; change %s, or name in its bases the models it is for".formatted(e.getMessage(), NAME));
        }
    }
}
