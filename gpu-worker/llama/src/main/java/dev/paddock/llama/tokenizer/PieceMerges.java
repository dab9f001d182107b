package dev.paddock.llama.tokenizer;

import dev.paddock.llama.tokenizer.PieceTable.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * SentencePiece scores as the ordered merges of a {@code tokenizer.json}: every way to cut a piece into two pieces, the highest
 * score first, as Hugging Face's own converter has it.
 */
final class PieceMerges {
    private PieceMerges() {}

    private record Merge(String left, String right, double score) {}

    static ArrayNode of(PieceTable table) {
        List<Merge> merges = new ArrayList<>();
        table.pieces().forEach((text, piece) -> addCuts(merges, table.pieces(), text, piece.score()));
        merges.sort(Comparator.comparingDouble(Merge::score)
                .reversed()
                .thenComparing(Merge::left)
                .thenComparing(Merge::right));
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        merges.forEach(merge -> array.addArray().add(merge.left).add(merge.right));
        return array;
    }

    private static void addCuts(List<Merge> merges, Map<String, Piece> pieces, String text, double score) {
        for (int at = Character.charCount(text.codePointAt(0));
                at < text.length();
                at += Character.charCount(text.codePointAt(at))) {
            String left = text.substring(0, at);
            String right = text.substring(at);
            if (pieces.containsKey(left) && pieces.containsKey(right)) {
                merges.add(new Merge(left, right, score));
            }
        }
    }
}
