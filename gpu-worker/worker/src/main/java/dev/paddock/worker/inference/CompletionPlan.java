package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.contracts.inference.ToolChoice;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.chat.ToolSyntax;
import dev.paddock.llama.constraint.TokenConstraint;
import dev.paddock.llama.inference.GenerationRequest;
import dev.paddock.llama.inference.PromptTooLongException;
import dev.paddock.llama.inference.beam.BeamSettings;
import dev.paddock.llama.inference.sampling.SamplingRangeException;
import dev.paddock.worker.metrics.Operation;
import dev.paddock.worker.models.LoadedBase;
import dev.paddock.worker.models.ServingProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The answers that a request asks for: n for each prompt, each with a seed of its own, or all of a prompt found by one search. */
final class CompletionPlan {
    /** One answer. */
    record Slot(int prompt, int index, EncodedPrompt encoded, GenerationRequest generation) {}

    private final List<Slot> slots = new ArrayList<>();
    private final CompletionRequest request;
    private final ServingProperties properties;
    private final LoadedBase base;
    private final Instant deadline;
    private final @Nullable TokenConstraint language;
    private final @Nullable BeamSettings beams;

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
        this.language = AnswerLanguages.of(request, base);
        this.beams = BeamRules.settings(request.sampling());
        checkBiases();
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

    /** What finds the calls in an answer; null where the request has no tools. */
    @Nullable AnswerTools tools() {
        if (request.messages() == null || !RequestTools.areIn(request)) {
            return null;
        }
        ToolChoice choice = or(request.toolChoice(), ToolChoice.AUTO);
        return new AnswerTools(ToolSyntax.of(base.template(true).source()), choice.parallel());
    }

    List<Slot> slots() {
        return slots;
    }

    /** The slots that each generation fills, which is that of the first: one, or all of a prompt's where they are searched for. */
    List<List<Slot>> generations() {
        int together = beams == null ? 1 : beams.answers();
        List<List<Slot>> generations = new ArrayList<>();
        for (int first = 0; first < slots.size(); first += together) {
            generations.add(List.copyOf(slots.subList(first, first + together)));
        }
        return generations;
    }

    Operation operation() {
        return request.messages() == null ? Operation.TEXT : Operation.CHAT;
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
        checkRoom(length, newTokens);
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
                    or(request.priority(), 0) > 0,
                    language,
                    beams);
        } catch (SamplingRangeException e) {
            throw ProblemException.invalid(e.parameter(), e.value(), "it must be " + e.rule());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("sampling", sampling, String.valueOf(e.getMessage()));
        }
    }

    /** An answer that must be whole needs room for the shortest one, and beams need a cache each. */
    private void checkRoom(int length, int newTokens) {
        int answer = Math.min(newTokens, base.contextLength() - length);
        int least = language == null ? 0 : language.leastTokens();
        RequestRules.require(
                "maxTokens",
                answer,
                least <= answer,
                "the shortest answer that the constraint allows has " + least + " tokens, so allow as many");
        if (beams != null) {
            BeamRules.checkRoom(beams, length + answer, base.generator().cachedTokens());
        }
    }

    private void checkBiases() {
        int vocabulary = base.generator().executor().config().vocabularySize();
        for (Integer token :
                or(request.sampling().logitBias(), Map.<Integer, Double>of()).keySet()) {
            RequestRules.require(
                    "logitBias",
                    token,
                    token >= 0 && token < vocabulary,
                    "the model's tokens are 0 to " + (vocabulary - 1));
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
                or(sampling.minP(), 0.0),
                or(sampling.typicalP(), 1.0),
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
