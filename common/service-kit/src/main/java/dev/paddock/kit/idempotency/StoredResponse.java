package dev.paddock.kit.idempotency;

import java.util.Map;

/** The first answer to a key: digest of the request's body, status, headers and body of the answer. */
record StoredResponse(String bodyDigest, int status, Map<String, String> headers, String body) {}
