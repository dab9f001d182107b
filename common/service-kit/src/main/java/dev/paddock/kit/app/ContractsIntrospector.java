package dev.paddock.kit.app;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** Unknown fields are refused, except in the contracts between parts, whose records may grow. */
final class ContractsIntrospector extends JacksonAnnotationIntrospector {
    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
        JsonIgnoreProperties.Value declared = super.findPropertyIgnoralByName(config, annotated);
        return annotated.getRawType().getName().startsWith("dev.paddock.contracts.")
                ? JsonIgnoreProperties.Value.merge(declared, JsonIgnoreProperties.Value.forIgnoreUnknown(true))
                : declared;
    }
}
