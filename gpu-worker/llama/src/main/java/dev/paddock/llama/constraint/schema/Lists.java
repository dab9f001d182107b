package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.grammar.Term;
import java.util.List;

/** Entries between brackets, with commas. */
final class Lists {
    private Lists() {}

    static Term enclosed(String open, Term entries, String close) {
        return Term.sequence(Term.literal(open), JsonText.gap(), entries, Term.literal(close));
    }

    /** An entry so many times, a gap behind the last. */
    static Term separated(Term entry, int least, int most) {
        if (most == 0) {
            return least == 0 ? Term.sequence() : Term.choice(List.of());
        }
        Term some = Term.sequence(entry, following(entry, Math.max(0, least - 1), most), JsonText.gap());
        return least == 0 ? Term.optional(some) : some;
    }

    private static Term following(Term entry, int least, int most) {
        int more = most == Integer.MAX_VALUE ? most : most - 1;
        return Term.repeat(followed(entry), least, more);
    }

    /** An entry behind another. */
    static Term followed(Term entry) {
        return Term.sequence(JsonText.comma(), entry);
    }
}
