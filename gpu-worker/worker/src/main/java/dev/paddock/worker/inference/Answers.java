package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.GuessedTokens;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.constraint.ConstraintException;
import dev.paddock.llama.inference.FinishReason;
import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.sampling.NotFiniteException;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.worker.metrics.Operation;
import dev.paddock.worker.models.ServingProblem;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/** A request's answers and what they have used. */
final class Answers {
    private final List<CompletionPlan.Slot> slots;
    private final IdentityHashMap<CompletionPlan.Slot, AnswerWriter> writers = new IdentityHashMap<>();
    private int promptTokens;
    private int completionTokens;
    private int accepted;
    private int rejected;

    /**
     * Of a request that begins. Log probabilities of a text completion have one entry for each token, the end token included, as
     * OpenAI's and vLLM's have: clients that score a prompt count the generated tokens off. Those of a chat are its text's.
     *
     * @param routed versions of the adapters among which the model's gates choose; none where it has no gates
     */
    Answers(CompletionPlan plan, Tokenizer tokenizer, boolean echo, List<String> routed) {
        boolean endScored = plan.operation() == Operation.TEXT;
        slots = plan.slots();
        slots.forEach(
                slot -> writers.put(slot, new AnswerWriter(slot, tokenizer, echo, endScored, plan.tools(), routed)));
    }

    /** Takes an event in; answers whose it is. */
    AnswerWriter accept(CompletionEvent event) {
        AnswerWriter writer = Objects.requireNonNull(writers.get(event.slot()));
        if (event instanceof CompletionEvent.Scored scored) {
            writer.scored(scored.scores());
        } else if (event instanceof CompletionEvent.Token token) {
            writer.token(token.token());
        } else if (event instanceof CompletionEvent.Ended ended) {
            ended(writer, ended);
        } else if (event instanceof CompletionEvent.Failed failed) {
            throw explained(failed.failure());
        }
        return writer;
    }

    private void ended(AnswerWriter writer, CompletionEvent.Ended event) {
        Finished finished = event.finished();
        if (finished.reason() == FinishReason.DEADLINE) {
            throw new ProblemException(
                    ServingProblem.REQUEST_TIMEOUT,
                    "the answer was not ready in time; ask for fewer tokens or try later");
        }
        writer.ended(finished);
        promptTokens += event.slot().index() == 0 ? finished.promptTokens() : 0;
        completionTokens += finished.newTokens();
        accepted += finished.drafts().accepted();
        rejected += finished.drafts().rejected();
    }

    private static RuntimeException explained(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof NotFiniteException) {
            return new ProblemException(ServingProblem.BROKEN_WEIGHTS, message, failure);
        }
        return failure instanceof ConstraintException
                ? new ProblemException(ServingProblem.UNSUPPORTED_CONSTRAINT, message, failure)
                : failure;
    }

    /** Why the answers have ended, those that have, in their order. */
    List<String> finishReasons() {
        return slots.stream()
                .map(slot -> Objects.requireNonNull(writers.get(slot)).finishReason())
                .filter(reason -> !reason.isEmpty())
                .toList();
    }

    TokenUsage usage() {
        return new TokenUsage(
                promptTokens,
                completionTokens,
                accepted + rejected == 0 ? null : new GuessedTokens(accepted, rejected));
    }

    CompletionResponse whole() {
        return new CompletionResponse(
                slots.stream()
                        .map(slot -> Objects.requireNonNull(writers.get(slot)).whole())
                        .toList(),
                usage());
    }
}
