package dev.paddock.llama.inference;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.constraint.Constraints;
import dev.paddock.llama.constraint.TokenConstraint;
import dev.paddock.llama.constraint.schema.SchemaReader;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Requests to the tiny model of every kind: greedy and sampled, with stop strings, a language, an adapter, probabilities. */
final class ManyRequests {
    static final String ADAPTER = "adapter";
    private static final int COUNT = 72;
    private static final int ANSWER = 48;
    private static final int LAYERS = 4;
    private static final int HIDDEN = 128;
    private static final String SCHEMA = """
            {"type": "object", "required": ["name", "tags"], "properties": {
              "name": {"type": "string", "maxLength": 20},
              "tags": {"type": "array", "minItems": 2, "maxItems": 4, "items": {"enum": ["one", "two", "three"]}}}}
            """;

    private final Tokenizer tokenizer;
    private final TokenConstraint language;
    private final Random random = new Random(9);

    ManyRequests(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.language = new Constraints(tokenizer)
                .of(SCHEMA, () -> SchemaReader.read(JsonMapper.shared().readTree(SCHEMA)));
    }

    /** A random adapter. */
    static LoraAdapter adapter() {
        Random random = new Random(4);
        Map<LoraAdapter.Target, LoraAdapter.Update> updates = new HashMap<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            LoraAdapter.Update update = new LoraAdapter.Update(2, 1, draw(random), draw(random));
            updates.put(new LoraAdapter.Target(layer, Projection.O_PROJ), update);
        }
        return new LoraAdapter(updates);
    }

    private static float[] draw(Random random) {
        float[] values = new float[2 * HIDDEN];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * 0.2);
        }
        return values;
    }

    List<GenerationRequest> list() {
        List<String> documents = Corpus.documents(COUNT, 11);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            requests.add(request(i, prompt(documents.get(i), i)));
        }
        return requests;
    }

    /** The beginning of a document, its beginning behind the whole of it, or ids at random. */
    private int[] prompt(String document, int index) {
        int[] ids = tokenizer.encode(document);
        int[] beginning = Arrays.copyOf(ids, Math.max(1, Math.min(ids.length / 3, 40)));
        return switch (index % 3) {
            case 0 -> beginning;
            case 1 ->
                IntStream.concat(Arrays.stream(ids).limit(100), Arrays.stream(beginning))
                        .toArray();
            default ->
                random.ints(1 + random.nextInt(60), 10, tokenizer.vocabularySize())
                        .toArray();
        };
    }

    private GenerationRequest request(int index, int[] prompt) {
        boolean sampled = index % 4 == 3;
        SamplingParameters sampling = sampled
                ? new SamplingParameters(0.8, 0.95, 40, 0.01, 1, 1.1, 0.2, 0.1, Map.of(42, -3.0), index)
                : SamplingParameters.greedy();
        boolean constrained = index % 6 == 5;
        List<String> stop = index % 5 == 1 && !constrained ? List.of("the", ".") : List.of();
        String adapter = index % 7 < 2 ? ADAPTER : null;
        int alternatives = index % 8 == 2 ? 3 : -1;
        GenerationRequest request = new GenerationRequest(
                prompt, adapter, ANSWER, sampling, stop, tokenizer.endIds(), alternatives, prompt.length, null);
        return constrained ? request.constrained(language) : request;
    }
}
