package dev.paddock.contracts.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A method of the catalogue as a worker announces it.
 *
 * @param adapter the adapter that it presets; null or {@code none} where it takes none
 * @param objective the objective that it presets, likewise
 * @param parameters JSON Schema (draft 2020-12) of all parameters with these presets
 * @param ownParameters the same without those of the adapter and of the objective; null where no others can be chosen
 * @param adapters adapters that an order may name instead; null as above
 * @param objectives objectives, likewise
 * @param inputs what its orders name; {@link MethodInputs#ROWS} where it is absent
 * @param example an order for it, without a name, a base and what it reads; null from a worker that does not tell
 */
public record MethodDescription(
        String id,
        String family,
        String summary,
        String paper,
        @Nullable String adapter,
        @Nullable String objective,
        JsonNode parameters,
        @Nullable JsonNode ownParameters,
        @Nullable List<String> adapters,
        @Nullable List<String> objectives,
        @Nullable MethodInputs inputs,
        @Nullable JsonNode example) {}
