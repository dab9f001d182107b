package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.Problem;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.inference.schedule.QueueFullException;
import dev.paddock.worker.models.LoadedBase;
import dev.paddock.worker.models.ModelLease;
import dev.paddock.worker.models.ServingProperties;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Answers requests on a leased model, whole or as a stream. */
@Component
@EnableConfigurationProperties(ServingProperties.class)
class Completions {
    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);
    /** How long at most until a caller that has gone is noticed. */
    private static final Duration HEARTBEAT = Duration.ofMillis(100);

    private final ServingProperties properties;
    private final DraftMetrics drafts;
    private final Clock clock;

    Completions(ServingProperties properties, DraftMetrics drafts, Clock clock) {
        this.properties = properties;
        this.drafts = drafts;
        this.clock = clock;
    }

    /** Plans a request's answers; whatever is wrong with it shows here. */
    CompletionPlan plan(CompletionRequest request, List<EncodedPrompt> prompts, LoadedBase base) {
        return new CompletionPlan(request, prompts, base, properties, clock.instant());
    }

    /** Puts the answers in the queue, as the caller's tenant's. */
    CompletionRun start(CompletionPlan plan, ModelLease lease) {
        try {
            return new CompletionRun(plan, lease.base(), Caller.current().tenant(), properties.running(), drafts);
        } catch (QueueFullException full) {
            lease.base().meters().refused();
            throw full;
        }
    }

    /** All answers at once; a caller that has gone ends them. */
    CompletionResponse whole(CompletionRun run, Answers answers, CallerConnection caller, RequestSpan span)
            throws InterruptedException {
        try {
            while (!run.done()) {
                caller.require();
                CompletionEvent event = run.next(HEARTBEAT);
                if (event != null) {
                    answers.accept(event);
                }
            }
            return answers.whole();
        } finally {
            tell(run, answers, span);
        }
    }

    private static void tell(CompletionRun run, Answers answers, RequestSpan span) {
        span.used(answers.usage(), answers.finishReasons());
        span.took(run.times());
    }

    /** Writes the answers as they grow; a caller that has gone ends them. */
    void stream(CompletionRun run, Answers answers, EventStream stream, RequestSpan span) throws InterruptedException {
        try {
            write(run, answers, stream, span);
        } catch (IOException e) {
            LOG.debug("a caller has gone: {}", e.getMessage());
            span.cancelled();
        } finally {
            tell(run, answers, span);
        }
    }

    private static void write(CompletionRun run, Answers answers, EventStream stream, RequestSpan span)
            throws IOException, InterruptedException {
        try {
            while (!run.done()) {
                CompletionEvent event = run.next(HEARTBEAT);
                if (event == null) {
                    stream.alive();
                } else {
                    chunk(answers.accept(event), run.done() ? answers.usage() : null, stream);
                }
            }
            stream.done();
        } catch (ProblemException e) {
            span.failed(e);
            stream.problem(e.problem());
        } catch (RuntimeException e) {
            LOG.error("a streamed answer failed", e);
            span.failed(e);
            stream.problem(Problem.of(CommonProblem.INTERNAL_ERROR, "see the worker's log at this time", List.of()));
        }
    }

    private static void chunk(AnswerWriter writer, @Nullable TokenUsage usage, EventStream stream) throws IOException {
        CompletionChunk chunk = writer.chunk();
        if (chunk == null) {
            stream.alive();
        } else {
            stream.chunk(new CompletionChunk(
                    chunk.prompt(),
                    chunk.index(),
                    chunk.text(),
                    chunk.logprobs(),
                    chunk.finishReason(),
                    usage,
                    chunk.toolCalls(),
                    chunk.adapters()));
        }
    }
}
