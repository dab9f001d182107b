package dev.paddock.llama.merge;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.weights.WeightSource;

/** Whether two models' numbers mean the same, so that they can be added up. */
final class SameShape {
    /** A tensor is written as one buffer of fp32. */
    private static final long MOST_NUMBERS = 1L << 29;

    private SameShape() {}

    /** @throws IllegalArgumentException naming the tensor or number in which they differ */
    static void require(String name, WeightSource source, WeightSource base) {
        for (String tensor : base.names()) {
            if (base.info(tensor).elements() >= MOST_NUMBERS) {
                throw new IllegalArgumentException("%s has %d numbers; tensors below %d can be merged"
                        .formatted(tensor, base.info(tensor).elements(), MOST_NUMBERS));
            }
            if (!source.names().contains(tensor)) {
                throw new IllegalArgumentException(
                        name + " has no tensor " + tensor + ", which the base has: name models of the same shape");
            }
            if (!source.info(tensor).shape().equals(base.info(tensor).shape())) {
                throw new IllegalArgumentException(
                        "%s has %s of shape %s, the base of %s: name models of the same shape"
                                .formatted(
                                        name,
                                        tensor,
                                        source.info(tensor).shape(),
                                        base.info(tensor).shape()));
            }
        }
        LlamaConfig one = source.config();
        LlamaConfig other = base.config();
        same(name, "more tensors", source.names().size(), base.names().size());
        same(name, "heads", one.heads(), other.heads());
        same(name, "key and value heads", one.keyValueHeads(), other.keyValueHeads());
        same(name, "positions of another rope_theta", one.ropeBase(), other.ropeBase());
    }

    private static void same(String name, String what, double source, double base) {
        if (source != base) {
            throw new IllegalArgumentException(
                    "%s has %s (%s, the base %s): name models of the same shape".formatted(name, what, source, base));
        }
    }

    /** Control tokens may be named otherwise, since instruction tuning does so. */
    static void requireTokens(String name, Tokenizer source, Tokenizer base) {
        for (int id = 0; id < Math.min(source.vocabularySize(), base.vocabularySize()); id++) {
            boolean ordinary = source.has(id) && base.has(id) && !source.isSpecial(id) && !base.isSpecial(id);
            if (ordinary && !source.token(id).equals(base.token(id))) {
                throw new IllegalArgumentException("token %d of %s is \"%s\" and of the base \"%s\": %s"
                        .formatted(id, name, source.token(id), base.token(id), "name models with the same tokenizer"));
            }
        }
    }
}
