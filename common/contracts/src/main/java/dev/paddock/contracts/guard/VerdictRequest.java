package dev.paddock.contracts.guard;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Judge a conversation as a prompt (role user: every message of it) or its last message as a response (assistant), under a policy (null: the tenant's default). */
public record VerdictRequest(
        @Nullable UUID policyId, String role, List<dev.paddock.contracts.inference.ChatMessage> messages) {}
