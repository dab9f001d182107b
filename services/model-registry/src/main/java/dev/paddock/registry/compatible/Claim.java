package dev.paddock.registry.compatible;

import java.util.UUID;

/** That adapters trained on one base digest serve on another base version, as measured. */
record Claim(String trainedOnDigest, UUID baseVersionId, Measurement measurement) {}
