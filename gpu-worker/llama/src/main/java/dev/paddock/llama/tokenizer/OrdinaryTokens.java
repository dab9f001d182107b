package dev.paddock.llama.tokenizer;

import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A {@code tokenizer.json} whose special tokens no text can write. */
final class OrdinaryTokens {
    private OrdinaryTokens() {}

    /**
     * Special tokens of the model's own vocabulary are no longer added; the others keep their ids, which tokens after them
     * depend on, under names that cannot be guessed.
     */
    static ObjectNode without(ObjectNode definition) {
        ObjectNode changed = definition.deepCopy();
        JsonNode vocabulary = changed.path("model").path("vocab");
        ArrayNode kept = changed.putArray("added_tokens");
        String secret = UUID.randomUUID().toString();
        for (JsonNode token : definition.path("added_tokens")) {
            if (!token.path("special").asBoolean(false)) {
                kept.add(token);
            } else if (!vocabulary.has(token.path("content").asString())) {
                ObjectNode hidden = (ObjectNode) token.deepCopy();
                kept.add(hidden.put("content", secret + token.path("id").asInt()));
            }
        }
        changed.putNull("post_processor");
        return changed;
    }
}
