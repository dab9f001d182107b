package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.MalformedModelFileException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rebuilds the {@code tokenizer.json} of a byte-level BPE tokenizer ({@code gpt2}) from GGUF metadata. */
final class GgufBytePairs {
    private GgufBytePairs() {}

    static Tokenizer open(GgufTokens tokens) {
        ObjectNode definition = definition(tokens);
        TokenizerSettings settings = tokens.settings(false);
        Vocabulary vocabulary = HuggingFaceVocabulary.read(definition, settings.templates());
        return new VocabularyTokenizer(vocabulary, settings, new NativeEncoder(definition, vocabulary.guarded()));
    }

    /** The {@code tokenizer.json}, without a post-processor. */
    static ObjectNode definition(GgufTokens tokens) {
        PreTokenizer split = tokens.split();
        ObjectNode definition = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        definition.set("added_tokens", tokens.addedTokens());
        definition.putNull("normalizer");
        definition.set("pre_tokenizer", split.definition());
        definition.putNull("post_processor");
        definition
                .putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true);
        ObjectNode model = definition.putObject("model").put("type", "BPE");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", split.ignoresMerges());
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.tokens().size(); id++) {
            vocabulary.put(tokens.tokens().get(id), id);
        }
        ArrayNode merges = model.putArray("merges");
        tokens.merges().forEach(merge -> merges.add(pair(merge)));
        return definition;
    }

    private static ArrayNode pair(String merge) {
        int space = merge.indexOf(' ', 1);
        if (space < 0) {
            throw new MalformedModelFileException("merge '" + merge + "' must be two tokens with a space between");
        }
        return JsonNodeFactory.instance
                .arrayNode()
                .add(merge.substring(0, space))
                .add(merge.substring(space + 1));
    }
}
