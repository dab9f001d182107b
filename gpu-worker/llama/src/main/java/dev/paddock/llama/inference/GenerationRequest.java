package dev.paddock.llama.inference;

import dev.paddock.llama.constraint.TokenConstraint;
import dev.paddock.llama.inference.beam.BeamSettings;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One answer to be made, or several to be searched for.
 *
 * @param prompt ids, one or more
 * @param adapter an adapter loaded, or null for the bare model
 * @param newTokens most tokens to add; 0 only scores the prompt
 * @param sampling how tokens are chosen; a search chooses nothing by chance and does not look at it
 * @param stop strings that end the answer and do not belong to it
 * @param endIds tokens that end the answer
 * @param alternatives likeliest tokens to give beside each token's probability; -1 for no probabilities at all
 * @param scoredFrom first position of the prompt whose token is scored, 1 or more; {@code prompt.length} for none
 * @param deadline when to give it up; null for never
 * @param urgent whether it takes the lane kept free for what others wait for
 * @param constraint the language of the answer, or null for any text; beside it there are no stop strings
 * @param beams how answers are searched for, or null for one answer token by token; beside it there are new tokens, no constraint and
 *     no scores of the prompt
 */
@SuppressWarnings("ArrayRecordComponent")
public record GenerationRequest(
        int[] prompt,
        @Nullable String adapter,
        int newTokens,
        SamplingParameters sampling,
        List<String> stop,
        Set<Integer> endIds,
        int alternatives,
        int scoredFrom,
        @Nullable Instant deadline,
        boolean urgent,
        @Nullable TokenConstraint constraint,
        @Nullable BeamSettings beams) {

    public GenerationRequest {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("The prompt has no tokens; give at least one");
        }
        if (newTokens < 0) {
            throw new IllegalArgumentException("newTokens is %d; it must be 0 or more".formatted(newTokens));
        }
        if (scoredFrom < 1) {
            throw new IllegalArgumentException(
                    "scoredFrom is %d; the first token has nothing before it, so it must be 1 or more"
                            .formatted(scoredFrom));
        }
        if (constraint != null && !stop.isEmpty()) {
            throw new IllegalArgumentException(
                    "stop is %s; a stop string would cut an answer that must be whole, so leave it out"
                            .formatted(stop));
        }
        if (beams != null && (newTokens == 0 || constraint != null || scoredFrom < prompt.length)) {
            throw new IllegalArgumentException(
                    "%d new tokens, a form of the answer or scores of the prompt: a search has one token or more, and neither of these"
                            .formatted(newTokens));
        }
        stop = List.copyOf(stop);
        endIds = Set.copyOf(endIds);
    }

    /** One whose answer is made token by token. */
    public GenerationRequest(
            int[] prompt,
            @Nullable String adapter,
            int newTokens,
            SamplingParameters sampling,
            List<String> stop,
            Set<Integer> endIds,
            int alternatives,
            int scoredFrom,
            @Nullable Instant deadline,
            boolean urgent,
            @Nullable TokenConstraint constraint) {
        this(
                prompt,
                adapter,
                newTokens,
                sampling,
                stop,
                endIds,
                alternatives,
                scoredFrom,
                deadline,
                urgent,
                constraint,
                null);
    }

    /** One that is not urgent, of any text. */
    public GenerationRequest(
            int[] prompt,
            @Nullable String adapter,
            int newTokens,
            SamplingParameters sampling,
            List<String> stop,
            Set<Integer> endIds,
            int alternatives,
            int scoredFrom,
            @Nullable Instant deadline) {
        this(prompt, adapter, newTokens, sampling, stop, endIds, alternatives, scoredFrom, deadline, false, null);
    }

    /** The same whose answer is a text of a language. */
    public GenerationRequest constrained(TokenConstraint language) {
        return with(newTokens, language, beams);
    }

    /** The same whose answers are searched for. */
    public GenerationRequest searched(BeamSettings settings) {
        return with(newTokens, constraint, settings);
    }

    /** The same with another bound on its length. */
    GenerationRequest withNewTokens(int count) {
        return with(count, constraint, beams);
    }

    private GenerationRequest with(int count, @Nullable TokenConstraint language, @Nullable BeamSettings settings) {
        return new GenerationRequest(
                prompt,
                adapter,
                count,
                sampling,
                stop,
                endIds,
                alternatives,
                scoredFrom,
                deadline,
                urgent,
                language,
                settings);
    }

    /** Caches that it needs once its prompt has run. */
    int rows() {
        return beams == null ? 1 : beams.width();
    }

    /** An answer without probabilities or stop strings. */
    public static GenerationRequest of(int[] prompt, int newTokens, SamplingParameters sampling, Set<Integer> endIds) {
        return new GenerationRequest(prompt, null, newTokens, sampling, List.of(), endIds, -1, prompt.length, null);
    }

    /** The likelihood of a continuation after a prefix, and nothing else. */
    public static GenerationRequest scoring(int[] tokens, int scoredFrom, @Nullable String adapter, int alternatives) {
        return new GenerationRequest(
                tokens, adapter, 0, SamplingParameters.greedy(), List.of(), Set.of(), alternatives, scoredFrom, null);
    }
}
