package dev.paddock.llama.constraint;

import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.inference.sampling.Sampler;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Random;

/** A model that says anything: random logits, and thus random texts of a language. */
final class Writer {
    private final Tokenizer tokenizer;
    private final Constraints constraints;
    private final Random random;

    Writer(Tokenizer tokenizer, long seed) {
        this.tokenizer = tokenizer;
        this.constraints = new Constraints(tokenizer);
        this.random = new Random(seed);
    }

    /** @param whole whether it ended as a text of the language */
    record Written(String text, int tokens, boolean whole) {}

    TokenConstraint constraint(Term language) {
        return constraints.of(language, () -> language);
    }

    /** An answer within so many tokens more than the fewest. */
    Written write(TokenConstraint constraint, int more) {
        int most = constraint.leastTokens() + more;
        Sampler sampler = new Sampler(SamplingParameters.sampled(1, 1, 0, random.nextLong()), new int[] {});
        ConstraintCursor cursor = constraint.start();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean whole = cursor.ended();
        int tokens = 0;
        while (!whole && tokens < most) {
            int token = sampler.next(logits(), cursor.allowed(most - tokens));
            tokens++;
            whole = tokenizer.endIds().contains(token);
            if (!whole) {
                bytes.writeBytes(tokenizer.bytes(token));
                cursor.accept(token, tokenizer.bytes(token));
                whole = cursor.ended();
            }
        }
        boolean accepted = cursor.allowed(1).intersects(ends());
        return new Written(bytes.toString(StandardCharsets.UTF_8), tokens, whole || accepted);
    }

    private BitSet ends() {
        BitSet ends = new BitSet();
        tokenizer.endIds().forEach(ends::set);
        return ends;
    }

    private float[] logits() {
        float[] logits = new float[tokenizer.vocabularySize()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
        }
        return logits;
    }

    /** An answer of any length up to twice the fewest tokens and some. */
    Written write(Term language) {
        TokenConstraint constraint = constraint(language);
        return write(constraint, random.nextInt(3) == 0 ? 0 : random.nextInt(constraint.leastTokens() + 60));
    }
}
