package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.inference.GenerationRequest;
import dev.paddock.llama.inference.PromptTooLongException;
import dev.paddock.worker.models.LoadedBase;
import dev.paddock.worker.models.ServingProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The answers that a request asks for: n for each prompt, each with a seed of its own. */
final class CompletionPlan {
    /** One answer. */
    record Slot(int prompt, int index, EncodedPrompt encoded, GenerationRequest generation) {}

    private final List<Slot> slots = new ArrayList<>();
    private final CompletionRequest request;
    private final ServingProperties properties;
    private final LoadedBase base;
    private final Instant deadline;

    CompletionPlan(
            CompletionRequest request,
            List<EncodedPrompt> prompts,
            LoadedBase base,
            ServingProperties properties,
            Instant now) {
        this.request = request;
        this.properties = properties;
        this.base = base;
        this.deadline = now.plus(properties.requestTimeout());
        Long seed = request.sampling().seed();
        long first = seed == null ? ThreadLocalRandom.current().nextLong() : seed;
        for (int prompt = 0; prompt < prompts.size(); prompt++) {
            for (int index = 0; index < or(request.sampling().n(), 1); index++) {
                EncodedPrompt encoded = prompts.get(prompt);
                int scoredFrom = scoredFrom(prompt, encoded);
                slots.add(new Slot(prompt, index, encoded, generation(encoded, scoredFrom, first + slots.size())));
            }
        }
    }

    List<Slot> slots() {
        return slots;
    }

    /** The first token of a prompt to be scored; the prompt's length for none. */
    private int scoredFrom(int prompt, EncodedPrompt encoded) {
        int length = Math.max(1, encoded.ids().length);
        if (!request.echo() || request.logprobs() == null) {
            return length;
        }
        List<Integer> characters = request.scoredFrom();
        if (characters == null) {
            return 1;
        }
        int token = TokenTexts.tokenAt(encoded, characters.get(prompt), base.tokenizer());
        return Math.min(length, Math.max(1, token));
    }

    private GenerationRequest generation(EncodedPrompt prompt, int scoredFrom, long seed) {
        SamplingParameters sampling = request.sampling();
        int newTokens = or(sampling.maxTokens(), properties.maxTokens());
        int length = prompt.ids().length;
        RequestRules.require("prompts", prompt.text(), length > 0, "a prompt has at least one token");
        if (length + Math.min(1, newTokens) > base.contextLength()) {
            throw new PromptTooLongException(length, base.contextLength());
        }
        Integer alternatives = request.logprobs();
        try {
            return new GenerationRequest(
                    prompt.ids(),
                    request.model().adapter(),
                    newTokens,
                    sampling(sampling, seed),
                    or(sampling.stop(), List.of()),
                    endIds(),
                    alternatives == null ? -1 : alternatives,
                    scoredFrom,
                    deadline,
                    or(request.priority(), 0) > 0);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("sampling", sampling, String.valueOf(e.getMessage()));
        }
    }

    private Set<Integer> endIds() {
        return base.tokenizer().endIds();
    }

    private static dev.paddock.llama.inference.sampling.SamplingParameters sampling(
            SamplingParameters sampling, long seed) {
        return new dev.paddock.llama.inference.sampling.SamplingParameters(
                or(sampling.temperature(), 1.0),
                or(sampling.topP(), 1.0),
                or(sampling.topK(), 0),
                or(sampling.repetitionPenalty(), 1.0),
                or(sampling.presencePenalty(), 0.0),
                or(sampling.frequencyPenalty(), 0.0),
                or(sampling.logitBias(), Map.of()),
                seed);
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
