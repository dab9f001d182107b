package dev.paddock.kit.idempotency;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keys and their answers in the service's schema. */
final class IdempotencyKeys {
    private static final String SAME =
            "tenant = :tenant AND caller = :caller AND method = :method AND path = :path AND key = :key";
    private final JdbcClient jdbc;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    IdempotencyKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Takes the key until the end of the transaction; false when another request is working on it. */
    boolean claim(KeyedRequest request) {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 3))")
                .param("name", request.toString())
                .query(Boolean.class)
                .single();
    }

    Optional<StoredResponse> find(KeyedRequest request) {
        return jdbc.sql("SELECT body_digest, status, headers, body FROM idempotency_key WHERE " + SAME)
                .paramSource(request)
                .query((row, number) -> new StoredResponse(
                        row.getString("body_digest"),
                        row.getInt("status"),
                        json.readValue(row.getString("headers"), new TypeReference<Map<String, String>>() {}),
                        row.getString("body")))
                .optional();
    }

    void store(KeyedRequest request, StoredResponse response) {
        jdbc.sql("INSERT INTO idempotency_key"
                        + " (tenant, caller, method, path, key, body_digest, status, headers, body, created_at)"
                        + " VALUES (:tenant, :caller, :method, :path, :key, :digest, :status, :headers, :body, :now)")
                .param("tenant", request.tenant())
                .param("caller", request.caller())
                .param("method", request.method())
                .param("path", request.path())
                .param("key", request.key())
                .param("digest", response.bodyDigest())
                .param("status", response.status())
                .param("headers", json.writeValueAsString(response.headers()))
                .param("body", response.body())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }
}
