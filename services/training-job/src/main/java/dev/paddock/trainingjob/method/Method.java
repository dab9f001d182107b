package dev.paddock.trainingjob.method;

import dev.paddock.catalogue.ParameterSchema;
import dev.paddock.contracts.event.MethodDescription;
import dev.paddock.contracts.event.MethodInputs;
import dev.paddock.trainingjob.json.InputsText;
import dev.paddock.trainingjob.json.ObjectText;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A training method as the last worker that has it announced it. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are only queried
public class Method {
    @Id
    private String id;

    private String tenant;
    private String family;
    private String summary;
    private String paper;
    private @Nullable String adapter;
    private @Nullable String objective;

    @Convert(converter = ObjectText.class)
    private ObjectNode parameters;

    @Convert(converter = ObjectText.class)
    private @Nullable ObjectNode ownParameters;

    @Convert(converter = NamesText.class)
    private @Nullable List<String> adapters;

    @Convert(converter = NamesText.class)
    private @Nullable List<String> objectives;

    @Convert(converter = InputsText.class)
    private @Nullable MethodInputs inputs;

    @Convert(converter = ObjectText.class)
    private @Nullable ObjectNode example;

    private String workerId;
    private Instant announcedAt;

    @SuppressWarnings("NullAway.Init")
    protected Method() {}

    /**
     * Takes what a worker announced.
     *
     * @throws IllegalArgumentException if its parameter schema is none
     */
    Method(MethodDescription announced, String workerId, String tenant, Instant announcedAt) {
        this.id = announced.id();
        this.tenant = tenant;
        this.family = announced.family();
        this.summary = announced.summary();
        this.paper = announced.paper();
        this.adapter = announced.adapter();
        this.objective = announced.objective();
        this.parameters = ParameterSchema.of(announced.parameters()).json();
        JsonNode own = announced.ownParameters();
        this.ownParameters =
                own == null || own.isNull() ? null : ParameterSchema.of(own).json();
        this.adapters = announced.adapters();
        this.objectives = announced.objectives();
        this.inputs = announced.inputs();
        this.example = announced.example() instanceof ObjectNode order ? order : null;
        this.workerId = workerId;
        this.announcedAt = announcedAt;
    }

    public String id() {
        return id;
    }

    /** The weights it trains. */
    public String adapter() {
        return adapter == null ? id : adapter;
    }

    /** The loss it minimises. */
    public String objective() {
        return objective == null ? id : objective;
    }

    public ParameterSchema parameters() {
        return ParameterSchema.of(parameters);
    }

    /** Its parameters without those of an adapter and of an objective. */
    ParameterSchema ownParameters() {
        return ownParameters == null ? parameters() : ParameterSchema.of(ownParameters);
    }

    /** Adapters that an order may name. */
    List<String> adapters() {
        return adapters == null ? List.of() : adapters;
    }

    /** Objectives that an order may name. */
    List<String> objectives() {
        return objectives == null ? List.of() : objectives;
    }

    /** What its orders name beside their base. */
    public MethodInputs inputs() {
        return inputs == null ? MethodInputs.ROWS : inputs;
    }

    MethodDescription description() {
        return description(adapter, objective, parameters);
    }

    /** The same with the parts that an order would name. */
    MethodDescription description(Composition.Composed composed) {
        return description(
                composed.adapter(), composed.objective(), composed.parameters().json());
    }

    private MethodDescription description(@Nullable String trained, @Nullable String loss, ObjectNode schema) {
        return new MethodDescription(
                id,
                family,
                summary,
                paper,
                trained,
                loss,
                schema,
                ownParameters,
                adapters,
                objectives,
                inputs(),
                example);
    }

    /** Whether an announcement is younger than this one; Kafka may repeat old ones. */
    boolean isOlderThan(Instant announcement) {
        return announcedAt.isBefore(announcement);
    }
}
