package dev.paddock.registry.log;

import java.util.Map;

/** What an entry is about, and the facts that must not change afterwards. */
public record LogSubject(String kind, String id, Map<String, String> details) {}
