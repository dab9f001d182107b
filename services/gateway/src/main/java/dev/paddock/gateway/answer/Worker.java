package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.ClassificationResponse;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.EmbeddingResponse;
import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.contracts.registry.ServedModel;
import dev.paddock.gateway.GatewayProperties;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.gateway.internal.InternalCalls;
import dev.paddock.gateway.internal.RefusedException;
import dev.paddock.kit.connection.CallerConnection;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The serving worker; its refusals become OpenAI's. */
@Component
class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final String SERVICE = "worker";

    private final InternalCalls calls;
    private final GatewayProperties properties;

    Worker(InternalCalls calls, GatewayProperties properties) {
        this.calls = calls;
        this.properties = properties;
    }

    /** Whether the worker could answer, and the tokens of its prompts: a prompt that it would refuse costs no verdict. */
    TokenUsage check(String tenant, Question question, ServedModel model) {
        return ask(tenant, question, model, "/check", TokenUsage.class, CallerConnection.UNKNOWN);
    }

    CompletionResponse complete(String tenant, Question question, ServedModel model, CallerConnection caller) {
        return ask(tenant, question, model, "", CompletionResponse.class, caller);
    }

    ClassificationResponse classify(String tenant, Question question, ServedModel model, CallerConnection caller) {
        return ask(tenant, question, model, "", ClassificationResponse.class, caller);
    }

    EmbeddingResponse embed(String tenant, Question question, ServedModel model, CallerConnection caller) {
        return ask(tenant, question, model, "", EmbeddingResponse.class, caller);
    }

    private <T> T ask(
            String tenant,
            Question question,
            ServedModel model,
            String suffix,
            Class<T> type,
            CallerConnection caller) {
        try {
            return calls.post(
                    SERVICE,
                    question.kind().workerPath() + suffix,
                    tenant,
                    question.toWorker(reference(model)),
                    type,
                    properties.answerTimeout(),
                    caller);
        } catch (RefusedException e) {
            throw WorkerRefusals.translate(e, question);
        } catch (IOException e) {
            throw away(e);
        }
    }

    ChunkStream stream(String tenant, Question question, ServedModel model, CallerConnection caller) {
        try {
            InputStream events = calls.stream(
                    SERVICE,
                    question.kind().workerPath(),
                    tenant,
                    question.toWorker(reference(model)),
                    properties.answerTimeout(),
                    properties.idleTimeout(),
                    caller);
            return new ChunkStream(events, caller);
        } catch (RefusedException e) {
            throw WorkerRefusals.translate(e, question);
        } catch (IOException e) {
            throw away(e);
        }
    }

    static OpenAiException away(IOException e) {
        LOG.warn("the worker gave no answer: {}", e.toString());
        return OpenAiException.unavailable("worker_unavailable", "The model's worker does not answer; try again.");
    }

    private static ModelReference reference(ServedModel model) {
        boolean base = model.adapterDigest() == null;
        return new ModelReference(base ? model.digest() : model.baseDigest(), model.adapterDigest());
    }
}
