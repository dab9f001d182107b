package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.guard.VerdictRequest;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.gateway.GatewayProperties;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.gateway.internal.InternalCalls;
import dev.paddock.gateway.internal.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks safety-guard; what is too long to be judged is a 400, whatever else keeps a verdict away a 503: nothing passes unjudged. */
@Component
public class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final String SERVICE = "safety-guard";
    private static final String PATH = "/internal/v1/verdicts";

    private final InternalCalls calls;
    private final GatewayProperties properties;

    Guard(InternalCalls calls, GatewayProperties properties) {
        this.calls = calls;
        this.properties = properties;
    }

    /** Judges a whole conversation as a prompt. */
    public Verdict judgeInput(String tenant, @Nullable UUID policyId, List<ChatMessage> conversation) {
        return judge(tenant, new VerdictRequest(policyId, "user", conversation));
    }

    /** Judges a text as the answer to a conversation. */
    public Verdict judgeOutput(String tenant, @Nullable UUID policyId, List<ChatMessage> conversation, String text) {
        List<ChatMessage> turns = new ArrayList<>(conversation);
        turns.add(ChatMessage.of("assistant", text));
        return judge(tenant, new VerdictRequest(policyId, "assistant", turns));
    }

    private Verdict judge(String tenant, VerdictRequest request) {
        try {
            return calls.post(SERVICE, PATH, tenant, request, Verdict.class, properties.verdictTimeout());
        } catch (RefusedException e) {
            LOG.warn("no verdict: safety-guard answered {} {}", e.status(), e.code());
            throw translated(e, request);
        } catch (IOException e) {
            LOG.warn("no verdict: {}", e.toString());
            throw noVerdict();
        }
    }

    private static OpenAiException translated(RefusedException e, VerdictRequest request) {
        if (e.status() == 413) {
            return OpenAiException.invalid("context_length_exceeded", null, e.detail());
        }
        if (e.code().equals("no-guard-model")) {
            return OpenAiException.unavailable(
                    "no_guard_model", "The content policy has no guard model, so nothing can be answered.");
        }
        if (e.status() == 404) {
            return OpenAiException.unavailable(
                    "unknown_policy",
                    "The model is deployed under policy " + request.policyId()
                            + ", which safety-guard does not know, so nothing can be answered; deploy it under one of"
                            + " GET /api/v1/policies.");
        }
        return noVerdict();
    }

    private static OpenAiException noVerdict() {
        return OpenAiException.unavailable("no_verdict", "The guard gave no verdict, so nothing was answered.");
    }
}
