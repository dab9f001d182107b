package dev.paddock.dataset.recipe;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Joins paragraphs to chunks; a paragraph that is too long is cut between sentences, a sentence between words. */
final class Chunks {
    private Chunks() {}

    /** Chunks of at most {@code most} characters, at least one for text that is not empty. */
    static List<String> of(List<String> paragraphs, int most) {
        List<String> chunks = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        for (String paragraph : paragraphs) {
            for (String piece : pieces(paragraph, most)) {
                if (!chunk.isEmpty() && chunk.length() + 2 + piece.length() > most) {
                    chunks.add(chunk.toString());
                    chunk.setLength(0);
                }
                chunk.append(chunk.isEmpty() ? "" : "\n\n").append(piece);
            }
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk.toString());
        }
        return chunks;
    }

    private static List<String> pieces(String paragraph, int most) {
        if (paragraph.length() <= most) {
            return List.of(paragraph);
        }
        List<String> pieces = new ArrayList<>();
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(paragraph);
        int start = 0;
        while (start < paragraph.length()) {
            int end = end(paragraph, sentences, start, most);
            String piece = paragraph.substring(start, end).strip();
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
            start = end;
        }
        return pieces;
    }

    private static int end(String paragraph, BreakIterator sentences, int start, int most) {
        int limit = Math.min(paragraph.length(), start + most);
        if (limit == paragraph.length()) {
            return limit;
        }
        int sentence = sentences.isBoundary(limit) ? limit : sentences.preceding(limit);
        if (sentence > start) {
            return sentence;
        }
        int word = paragraph.lastIndexOf(' ', limit);
        int cut = word > start ? word : limit;
        return Character.isLowSurrogate(paragraph.charAt(cut)) && cut - 1 > start ? cut - 1 : cut;
    }
}
