package dev.paddock.worker.inference;

import static dev.paddock.worker.inference.RequestRules.require;

import dev.paddock.contracts.inference.BeamSearch;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.llama.inference.beam.BeamSettings;
import dev.paddock.llama.inference.beam.EarlyStopping;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bounds of a beam search, and what it does not go with. */
final class BeamRules {
    private static final int MOST_BEAMS = 16;
    private static final double MOST_PENALTY = 10;
    private static final Map<String, EarlyStopping> STOPPING =
            Map.of("true", EarlyStopping.FULL, "false", EarlyStopping.LIKELY, "never", EarlyStopping.SURE);

    private BeamRules() {}

    static void check(CompletionRequest request) {
        SamplingParameters sampling = request.sampling();
        BeamSearch beams = sampling.beams();
        if (beams == null) {
            return;
        }
        int answers = answers(sampling);
        require("n", answers, answers <= MOST_BEAMS, "1 to 16 answers of a beam search");
        int width = width(sampling, beams);
        require("bestOf", width, width >= answers && width <= MOST_BEAMS, "1 to 16 beams, and no fewer than n");
        double penalty = penalty(beams);
        require("lengthPenalty", penalty, Math.abs(penalty) <= MOST_PENALTY, "-10 to 10");
        require(
                "earlyStopping",
                beams.earlyStopping(),
                STOPPING.containsKey(stopping(beams)),
                "one of true, false and never");
        checkForm(request);
        checkChoice(sampling);
    }

    /** A search has whole answers, of any text, at its end. */
    private static void checkForm(CompletionRequest request) {
        Integer maxTokens = request.sampling().maxTokens();
        require("maxTokens", maxTokens, maxTokens == null || maxTokens > 0, "1 or more beside beam search");
        require("stream", true, !request.stream(), "beam search has no answer before its end, so leave it out");
        require("echo", true, !request.echo(), "beam search does not repeat or score the prompt, so leave it out");
        require(
                "constraint",
                request.constraint(),
                request.constraint() == null,
                "beam search answers with any text, so leave it out");
        require(
                "tools",
                request.tools(),
                !RequestTools.areIn(request),
                "beam search calls no tools, so leave them out");
    }

    /** A search takes the likeliest answers of the model's own distribution. */
    private static void checkChoice(SamplingParameters sampling) {
        Double temperature = sampling.temperature();
        require(
                "temperature",
                temperature,
                temperature == null || temperature == 0 || temperature == 1,
                "beam search draws nothing, so leave it out or at 0 or 1");
        checkNeutral("topP", sampling.topP(), 1);
        checkNeutral("minP", sampling.minP(), 0);
        checkNeutral("typicalP", sampling.typicalP(), 1);
        checkNeutral("repetitionPenalty", sampling.repetitionPenalty(), 1);
        checkNeutral("presencePenalty", sampling.presencePenalty(), 0);
        checkNeutral("frequencyPenalty", sampling.frequencyPenalty(), 0);
        Integer topK = sampling.topK();
        checkNeutral("topK", topK == null ? null : topK.doubleValue(), 0);
        Map<Integer, Double> biases = sampling.logitBias();
        require(
                "logitBias",
                biases,
                biases == null || biases.isEmpty(),
                "beam search takes the model's own probabilities, so leave it out");
    }

    private static void checkNeutral(String field, @Nullable Double value, double neutral) {
        require(
                field,
                value,
                value == null || value == neutral,
                "beam search takes the model's own probabilities, so leave it out");
    }

    /** How a request's answers are searched for; null where they are not. */
    static @Nullable BeamSettings settings(SamplingParameters sampling) {
        BeamSearch beams = sampling.beams();
        return beams == null
                ? null
                : new BeamSettings(
                        width(sampling, beams),
                        answers(sampling),
                        penalty(beams),
                        STOPPING.getOrDefault(stopping(beams), EarlyStopping.LIKELY));
    }

    /** Every beam has a cache of its own for prompt and answer. */
    static void checkRoom(BeamSettings beams, int tokens, long cachedTokens) {
        require(
                "bestOf",
                beams.width(),
                (long) beams.width() * tokens <= cachedTokens,
                "so many beams of %d tokens, prompt and maxTokens together, are more than the model's cache holds, %d; ask for fewer of either"
                        .formatted(tokens, cachedTokens));
    }

    private static int answers(SamplingParameters sampling) {
        Integer n = sampling.n();
        return n == null ? 1 : n;
    }

    private static int width(SamplingParameters sampling, BeamSearch beams) {
        Integer bestOf = beams.bestOf();
        return bestOf == null ? answers(sampling) : bestOf;
    }

    private static double penalty(BeamSearch beams) {
        Double penalty = beams.lengthPenalty();
        return penalty == null ? 1 : penalty;
    }

    private static String stopping(BeamSearch beams) {
        String stopping = beams.earlyStopping();
        return stopping == null ? "false" : stopping;
    }
}
