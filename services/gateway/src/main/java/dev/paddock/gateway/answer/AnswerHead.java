package dev.paddock.gateway.answer;

import dev.paddock.contracts.registry.ServedModel;
import java.time.Instant;

/** What is known of an answer before its first word; the id is the key of its lineage. */
public record AnswerHead(String id, Instant created, ServedModel model, PolicyStamp policy) {}
