package dev.paddock.contracts.event;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A CloudEvents 1.0 envelope in structured JSON mode with the extension {@code tenant}.
 *
 * @param specversion always {@code 1.0}
 * @param id unique for the source; consumers store it with their effect
 * @param source {@code /paddock/<service>}
 * @param type {@code dev.paddock.<Name>.v1}
 * @param subject the aggregate's id
 * @param data the event record
 */
public record CloudEvent(
        String specversion,
        UUID id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        String tenant,
        JsonNode data) {

    public static final String SPECVERSION = "1.0";
    public static final String CONTENT_TYPE = "application/cloudevents+json";
}
