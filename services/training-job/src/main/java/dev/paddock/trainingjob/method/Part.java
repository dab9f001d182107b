package dev.paddock.trainingjob.method;

import dev.paddock.catalogue.ParameterSchema;
import dev.paddock.contracts.event.MethodPart;
import dev.paddock.trainingjob.json.ObjectText;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** An adapter or an objective as the last worker that has it announced it. */
@Entity
@Table(name = "method_part")
@SuppressWarnings("UnusedVariable") // some columns are only queried
class Part {
    /** Its kind and its name. */
    @Embeddable
    record Key(String kind, String id) {}

    @EmbeddedId
    private Key key;

    private String tenant;
    private String family;
    private String summary;
    private String paper;

    @Convert(converter = ObjectText.class)
    private ObjectNode parameters;

    private Instant announcedAt;

    @SuppressWarnings("NullAway.Init")
    protected Part() {}

    /**
     * Takes what a worker announced.
     *
     * @throws IllegalArgumentException if its parameter schema is none
     */
    Part(MethodPart announced, String tenant, Instant announcedAt) {
        this.key = new Key(announced.kind(), announced.id());
        this.tenant = tenant;
        this.family = announced.family();
        this.summary = announced.summary();
        this.paper = announced.paper();
        this.parameters = ParameterSchema.of(announced.parameters()).json();
        this.announcedAt = announcedAt;
    }

    ParameterSchema parameters() {
        return ParameterSchema.of(parameters);
    }

    MethodPart description() {
        return new MethodPart(key.kind(), key.id(), family, summary, paper, parameters);
    }

    /** Whether an announcement is younger than this one; Kafka may repeat old ones. */
    boolean isOlderThan(Instant announcement) {
        return announcedAt.isBefore(announcement);
    }
}
