package dev.paddock.contracts.event;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads envelopes; unknown fields are ignored, since a schema may grow. */
public final class CloudEvents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private CloudEvents() {}

    public static CloudEvent wrap(Event event, String service, String tenant, UUID id, Instant time) {
        return new CloudEvent(
                CloudEvent.SPECVERSION,
                id,
                "/paddock/" + service,
                event.type(),
                event.subject(),
                time,
                "application/json",
                tenant,
                JSON.<JsonNode>valueToTree(event));
    }

    public static String write(CloudEvent envelope) {
        return JSON.writeValueAsString(envelope);
    }

    /** Reads an envelope; the data stay JSON until {@link #event}. */
    public static CloudEvent read(String json) {
        CloudEvent envelope;
        try {
            envelope = JSON.readValue(json, CloudEvent.class);
        } catch (JacksonException e) {
            throw new MalformedEventException("not a CloudEvent: " + e.getOriginalMessage(), e);
        }
        if (envelope == null || !CloudEvent.SPECVERSION.equals(envelope.specversion())) {
            throw new MalformedEventException("not a CloudEvent 1.0 in structured JSON mode", null);
        }
        if (envelope.id() == null || envelope.type() == null || envelope.tenant() == null || envelope.data() == null) {
            throw new MalformedEventException("a CloudEvent needs id, type, tenant and data", null);
        }
        return envelope;
    }

    public static <E extends Event> E event(CloudEvent envelope, Class<E> type) {
        try {
            return JSON.treeToValue(envelope.data(), type);
        } catch (JacksonException e) {
            throw new MalformedEventException(
                    "event " + envelope.id() + " is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
