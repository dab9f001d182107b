package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random documents. */
final class Examples {
    private Examples() {}

    static TrainingExample random(Random random, int length, int answer, int vocabulary) {
        int[] tokens = random.ints(length, 0, vocabulary).toArray();
        return TrainingExample.answer(tokens, answer);
    }

    /** Two rows of three and one document, with some weights that are not one. */
    static PackedBatch batch(long seed, int vocabulary) {
        Random random = new Random(seed);
        TrainingExample weighted = random(random, 9, 2, vocabulary);
        weighted.weights()[5] = 0.25f;
        List<TrainingExample> first =
                List.of(random(random, 7, 3, vocabulary), weighted, random(random, 12, 11, vocabulary));
        return PackedBatch.of(List.of(first, List.of(random(random, 25, 1, vocabulary))));
    }

    static List<TrainingExample> many(long seed, int count, int vocabulary) {
        Random random = new Random(seed);
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = 6 + random.nextInt(12);
            examples.add(random(random, length, 1 + random.nextInt(4), vocabulary));
        }
        return examples;
    }
}
