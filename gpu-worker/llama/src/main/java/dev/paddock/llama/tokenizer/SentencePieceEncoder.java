package dev.paddock.llama.tokenizer;

import dev.paddock.llama.tokenizer.PieceTable.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * SentencePiece BPE as llama.cpp has it: special tokens are cut out of the text, longest first; what lies between is begun with
 * a space where the text begins or a special token stands before, and merged by score.
 */
final class SentencePieceEncoder implements TextEncoder {
    private final PieceTable table;
    private final boolean spacePrefix;
    private final HiddenTokens hidden = new HiddenTokens();

    SentencePieceEncoder(PieceTable table, boolean spacePrefix) {
        this.table = table;
        this.spacePrefix = spacePrefix;
    }

    /** A part of the text, or a token cut out of it (with an id from 0 on). */
    private record Fragment(String text, int id) {
        boolean isText() {
            return id < 0;
        }
    }

    @Override
    public int[] encode(String text, boolean special) {
        IntStream.Builder ids = IntStream.builder();
        boolean begins = true;
        for (Fragment fragment : fragments(text, special)) {
            if (fragment.isText()) {
                String whole = (spacePrefix && begins ? " " : "") + fragment.text();
                PieceMerger.encode(table, whole.replace(" ", SentencePieces.SPACE), ids);
            } else {
                ids.add(fragment.id());
            }
            begins = !fragment.isText();
        }
        return ids.build().toArray();
    }

    @Override
    public String hidden(int id) {
        return hidden.name(id);
    }

    private List<Fragment> fragments(String text, boolean special) {
        List<Literal> literals = new ArrayList<>(table.userDefined());
        for (Literal literal : table.special()) {
            literals.add(special ? literal : new Literal(hidden(literal.id()), literal.id()));
        }
        literals.sort((a, b) -> b.text().length() - a.text().length());
        List<Fragment> fragments = text.isEmpty() ? List.of() : List.of(new Fragment(text, -1));
        for (Literal literal : literals) {
            if (text.contains(literal.text())) {
                fragments = fragments.stream()
                        .flatMap(fragment -> cut(fragment, literal).stream())
                        .toList();
            }
        }
        return fragments;
    }

    private static List<Fragment> cut(Fragment fragment, Literal literal) {
        if (!fragment.isText()) {
            return List.of(fragment);
        }
        List<Fragment> parts = new ArrayList<>();
        String text = fragment.text();
        int from = 0;
        for (int at = text.indexOf(literal.text()); at >= 0; at = text.indexOf(literal.text(), from)) {
            if (at > from) {
                parts.add(new Fragment(text.substring(from, at), -1));
            }
            parts.add(new Fragment(literal.text(), literal.id()));
            from = at + literal.text().length();
        }
        if (from < text.length()) {
            parts.add(new Fragment(text.substring(from), -1));
        }
        return parts;
    }

    @Override
    public void close() {}
}
