package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.MalformedModelFileException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds a SentencePiece tokenizer ({@code llama}) from GGUF metadata. */
final class GgufSentencePieces {
    private GgufSentencePieces() {}

    static Tokenizer open(GgufTokens tokens) {
        requireScores(tokens);
        String templates = tokens.templates();
        Map<Integer, Token> vocabulary = new HashMap<>();
        for (int id = 0; id < tokens.tokens().size(); id++) {
            vocabulary.put(id, token(tokens.tokens().get(id), tokens.type(id), templates));
        }
        boolean prefix = prefix(tokens);
        return new VocabularyTokenizer(
                new Vocabulary(vocabulary),
                tokens.settings(prefix),
                new SentencePieceEncoder(PieceTable.of(tokens), prefix));
    }

    /** The {@code tokenizer.json}: byte-fallback BPE with merges in the order of their scores, without a post-processor. */
    static ObjectNode definition(GgufTokens tokens) {
        requireScores(tokens);
        boolean prefix = prefix(tokens);
        ObjectNode definition = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        definition.set("added_tokens", tokens.addedTokens());
        ArrayNode normalizers =
                definition.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        if (prefix) {
            normalizers.addObject().put("type", "Prepend").put("prepend", SentencePieces.SPACE);
        }
        replace(normalizers.addObject(), " ", SentencePieces.SPACE);
        definition.putNull("pre_tokenizer");
        definition.putNull("post_processor");
        ArrayNode decoders =
                definition.putObject("decoder").put("type", "Sequence").putArray("decoders");
        replace(decoders.addObject(), SentencePieces.SPACE, " ");
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
        if (prefix) {
            decoders.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        ObjectNode model = definition.putObject("model").put("type", "BPE");
        model.put("fuse_unk", true).put("byte_fallback", true);
        tokens.id("unknown_token_id")
                .or(() -> tokens.first(GgufTokens.UNKNOWN))
                .ifPresent(id -> model.put("unk_token", tokens.tokens().get(id)));
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.tokens().size(); id++) {
            vocabulary.put(tokens.tokens().get(id), id);
        }
        model.set("merges", PieceMerges.of(PieceTable.of(tokens)));
        return definition;
    }

    private static void replace(ObjectNode step, String pattern, String content) {
        step.put("type", "Replace").put("content", content).putObject("pattern").put("String", pattern);
    }

    private static void requireScores(GgufTokens tokens) {
        int scores = tokens.scores().size();
        if (scores != tokens.tokens().size()) {
            throw new MalformedModelFileException(
                    "tokenizer.ggml.scores has " + scores + " numbers; it must have as many as tokens, "
                            + tokens.tokens().size());
        }
    }

    private static boolean prefix(GgufTokens tokens) {
        return tokens.flag("add_space_prefix", true);
    }

    private static Token token(String text, int type, String templates) {
        boolean special = type == GgufTokens.CONTROL || type == GgufTokens.UNKNOWN;
        boolean literal = special || type == GgufTokens.USER_DEFINED;
        byte[] bytes = literal ? text.getBytes(StandardCharsets.UTF_8) : SentencePieces.decode(text);
        return new Token(text, bytes, special, literal && Token.guarded(text, special, templates));
    }
}
