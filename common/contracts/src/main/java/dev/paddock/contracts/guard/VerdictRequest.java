package dev.paddock.contracts.guard;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Judge the last message of a conversation, of role user (prompt) or assistant (response), under a policy (null: the tenant's default). */
public record VerdictRequest(
        @Nullable UUID policyId, String role, List<dev.paddock.contracts.inference.ChatMessage> messages) {}
