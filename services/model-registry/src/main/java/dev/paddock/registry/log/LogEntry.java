package dev.paddock.registry.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * One act on the record: {@code hash} is the SHA-256 of everything else, the previous entry's hash included, as canonical
 * JSON (keys sorted, no spaces, UTF-8).
 */
public record LogEntry(
        String tenant,
        long sequence,
        Instant at,
        String action,
        String subjectKind,
        String subjectId,
        String actor,
        SortedMap<String, String> details,
        String previousHash,
        String hash) {

    /** What stands in the place of a previous hash in a tenant's first entry. */
    public static final String GENESIS = "sha256:" + "0".repeat(64);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The hash that the other fields should have. */
    public String computedHash() {
        SortedMap<String, Object> fields = new TreeMap<>(Map.of(
                "tenant", tenant,
                "sequence", sequence,
                "at", at.toString(),
                "action", action,
                "subjectKind", subjectKind,
                "subjectId", subjectId,
                "actor", actor,
                "details", details,
                "previousHash", previousHash));
        return sha256(JSON.writeValueAsBytes(fields));
    }

    LogEntry sealed() {
        return new LogEntry(
                tenant, sequence, at, action, subjectKind, subjectId, actor, details, previousHash, computedHash());
    }

    /** Details as the text that is stored. */
    static String write(SortedMap<String, String> details) {
        return new String(JSON.writeValueAsBytes(details), StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
