package dev.paddock.guard.judge;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.guard.model.GuardModel;
import dev.paddock.guard.policy.PolicyVersion;
import java.util.List;

/** A conversation to be judged in a role, under a policy, by a guard. */
public record Case(PolicyVersion policy, GuardModel guard, String role, List<ChatMessage> messages) {}
