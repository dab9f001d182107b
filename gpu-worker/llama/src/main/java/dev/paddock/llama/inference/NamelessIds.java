package dev.paddock.llama.inference;

import dev.paddock.llama.inference.sampling.TokenLogProbability;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.BitSet;
import java.util.List;

/** Rows of a model's embedding for which its tokenizer has no token: padding, which is never said. */
public final class NamelessIds {
    private final BitSet ids = new BitSet();

    private NamelessIds() {}

    /** Those of a model whose embedding has so many rows. */
    public static NamelessIds of(Tokenizer tokenizer, int rows) {
        NamelessIds nameless = new NamelessIds();
        for (int id = 0; id < rows; id++) {
            nameless.ids.set(id, !tokenizer.has(id));
        }
        return nameless;
    }

    /** Makes them impossible. */
    public void mask(float[] logits) {
        for (int id = ids.nextSetBit(0); id >= 0 && id < logits.length; id = ids.nextSetBit(id + 1)) {
            logits[id] = Float.NEGATIVE_INFINITY;
        }
    }

    /** Scores whose alternatives all have a token. */
    List<TokenScore> named(List<TokenScore> scores) {
        return ids.isEmpty() ? scores : scores.stream().map(this::named).toList();
    }

    TokenScore named(TokenScore score) {
        List<TokenLogProbability> top = score.top().stream()
                .filter(alternative -> !ids.get(alternative.token()))
                .toList();
        return new TokenScore(score.token(), score.logProbability(), top);
    }
}
