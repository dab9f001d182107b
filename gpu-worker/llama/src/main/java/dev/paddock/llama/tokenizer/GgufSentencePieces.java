package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.MalformedModelFileException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds a SentencePiece tokenizer ({@code llama}) from GGUF metadata. */
final class GgufSentencePieces {
    private GgufSentencePieces() {}

    static Tokenizer open(GgufTokens tokens) {
        List<Double> scores = tokens.scores();
        if (scores.size() != tokens.tokens().size()) {
            throw new MalformedModelFileException(
                    "tokenizer.ggml.scores has " + scores.size() + " numbers; it must have as many as tokens, "
                            + tokens.tokens().size());
        }
        Map<Integer, Token> vocabulary = new HashMap<>();
        for (int id = 0; id < scores.size(); id++) {
            vocabulary.put(id, token(tokens.tokens().get(id), tokens.type(id)));
        }
        boolean prefix = tokens.flag("add_space_prefix", true);
        return new VocabularyTokenizer(
                new Vocabulary(vocabulary),
                tokens.settings(true, prefix),
                new SentencePieceEncoder(PieceTable.of(tokens), prefix));
    }

    private static Token token(String text, int type) {
        boolean special = type == GgufTokens.CONTROL || type == GgufTokens.UNKNOWN;
        boolean literal = special || type == GgufTokens.USER_DEFINED;
        byte[] bytes = literal ? text.getBytes(StandardCharsets.UTF_8) : SentencePieces.decode(text);
        return new Token(text, bytes, special);
    }
}
