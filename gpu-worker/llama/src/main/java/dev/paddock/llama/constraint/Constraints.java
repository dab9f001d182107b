package dev.paddock.llama.constraint;

import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The constraints of one model, the {@value #KEPT} used last kept with what they have computed. Safe for use by several threads. */
public final class Constraints {
    private static final int KEPT = 16;

    private final Tokenizer tokenizer;
    private final Map<Object, TokenConstraint> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, TokenConstraint> eldest) {
            return size() > KEPT;
        }
    };
    private @Nullable TokenTable tokens;

    public Constraints(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * A language over the model's vocabulary.
     *
     * @param key equal for equal languages
     * @throws ConstraintException where it cannot be kept
     */
    public TokenConstraint of(Object key, Supplier<Term> language) {
        TokenConstraint known = known(key);
        if (known != null) {
            return known;
        }
        TokenConstraint made = new TokenConstraint(language.get(), tokens(), tokenizer.endIds());
        synchronized (this) {
            kept.putIfAbsent(key, made);
            return made;
        }
    }

    private synchronized @Nullable TokenConstraint known(Object key) {
        return kept.get(key);
    }

    private synchronized TokenTable tokens() {
        TokenTable table = tokens;
        if (table == null) {
            table = new TokenTable(tokenizer);
            tokens = table;
        }
        return table;
    }
}
