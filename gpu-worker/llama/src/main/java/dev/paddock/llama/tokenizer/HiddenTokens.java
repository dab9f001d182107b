package dev.paddock.llama.tokenizer;

import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Names of special tokens that cannot be guessed. */
final class HiddenTokens {
    private final String secret = UUID.randomUUID().toString();

    String name(int id) {
        return secret + "-" + id + ";";
    }

    /** A {@code tokenizer.json} whose given tokens have their hidden names and keep their ids. */
    ObjectNode in(ObjectNode definition, Set<String> guarded) {
        ObjectNode changed = definition.deepCopy();
        for (JsonNode token : changed.path("added_tokens")) {
            if (guarded.contains(token.path("content").asString(""))) {
                rename((ObjectNode) token, changed.path("model"));
            }
        }
        changed.putNull("post_processor");
        return changed;
    }

    private void rename(ObjectNode token, JsonNode model) {
        String text = token.path("content").asString();
        String name = name(token.path("id").asInt());
        token.put("content", name);
        if (model.path("vocab") instanceof ObjectNode vocabulary && vocabulary.has(text)) {
            vocabulary.set(name, vocabulary.remove(text));
        }
        if (model instanceof ObjectNode whole
                && whole.path("unk_token").asString("").equals(text)) {
            whole.put("unk_token", name);
        }
    }
}
