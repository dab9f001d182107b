package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.MalformedModelFileException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a SentencePiece encoder looks up.
 *
 * @param pieces mergeable pieces by text: neither control tokens nor bytes, so that no text can spell those
 * @param bytes id of each byte
 * @param special control tokens and those that a chat template marks turns with, longest first
 * @param userDefined tokens that are cut out of any text, longest first
 */
record PieceTable(Map<String, Piece> pieces, List<Integer> bytes, List<Literal> special, List<Literal> userDefined) {
    /** A piece's id and score; the highest score is merged first. */
    record Piece(int id, double score) {}

    /** A token matched by its text before merging. */
    record Literal(String text, int id) {}

    static PieceTable of(GgufTokens tokens) {
        List<Double> scores = tokens.scores();
        Map<String, Piece> pieces = new HashMap<>();
        Map<String, Integer> byteTokens = new HashMap<>();
        List<Literal> special = new ArrayList<>();
        List<Literal> userDefined = new ArrayList<>();
        String templates = tokens.templates();
        int unknown = -1;
        for (int id = 0; id < scores.size(); id++) {
            String text = tokens.tokens().get(id);
            switch (tokens.type(id)) {
                case GgufTokens.UNKNOWN -> {
                    unknown = id;
                    special.add(new Literal(text, id));
                }
                case GgufTokens.CONTROL -> special.add(new Literal(text, id));
                case GgufTokens.USER_DEFINED ->
                    (Token.guarded(text, false, templates) ? special : userDefined).add(new Literal(text, id));
                case GgufTokens.BYTE -> byteTokens.put(text, id);
                default -> pieces.put(text, new Piece(id, scores.get(id)));
            }
        }
        return new PieceTable(pieces, bytes(byteTokens, unknown), longestFirst(special), longestFirst(userDefined));
    }

    /** Id of what text becomes, where it is a piece. */
    @Nullable Piece piece(String text) {
        return pieces.get(text);
    }

    private static List<Integer> bytes(Map<String, Integer> tokens, int unknown) {
        List<Integer> ids = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            int id = tokens.getOrDefault(String.format("<0x%02X>", value), unknown);
            if (id < 0) {
                throw new MalformedModelFileException(
                        "the vocabulary has neither a token for byte " + value + " nor one for the unknown");
            }
            ids.add(id);
        }
        return List.copyOf(ids);
    }

    private static List<Literal> longestFirst(List<Literal> literals) {
        return literals.stream()
                .filter(literal -> !literal.text().isEmpty())
                .sorted(Comparator.comparingInt(
                                (Literal literal) -> -literal.text().getBytes(StandardCharsets.UTF_8).length)
                        .thenComparingInt(Literal::id))
                .toList();
    }
}
