package dev.paddock.gateway.answer;

import java.util.UUID;

/** The application behind a request: its tenant and the key it came with. */
public record Asker(String tenant, UUID keyId, String application) {}
