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

/** Asks safety-guard; whatever keeps a verdict away is a 503, so that nothing passes unjudged. */
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

    /** Judges the last turn of a conversation as a prompt. */
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
            if (e.code().equals("no-guard-model")) {
                throw OpenAiException.unavailable(
                        "no_guard_model", "The content policy has no guard model, so nothing can be answered.");
            }
            throw noVerdict();
        } catch (IOException e) {
            LOG.warn("no verdict: {}", e.toString());
            throw noVerdict();
        }
    }

    private static OpenAiException noVerdict() {
        return OpenAiException.unavailable("no_verdict", "The guard gave no verdict, so nothing was answered.");
    }
}
