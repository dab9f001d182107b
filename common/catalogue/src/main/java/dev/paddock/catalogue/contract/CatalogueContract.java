package dev.paddock.catalogue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.Item;
import dev.paddock.catalogue.NullableProperty;
import dev.paddock.catalogue.ParameterSchema;
import dev.paddock.catalogue.Parameters;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The suite that every catalogue passes: it walks the live entries, so a new one is covered without a line of test. */
public abstract class CatalogueContract {
    /** The catalogue under test. */
    protected abstract Catalogue<?> catalogue();

    @TestFactory
    final Stream<DynamicContainer> entries() {
        assertThat(catalogue().items()).as("the catalogue has entries").isNotEmpty();
        return catalogue().items().stream().map(item -> DynamicContainer.dynamicContainer(item.id(), tests(item)));
    }

    /**
     * Runs an entry's example as it stands; a suite over entries with examples overrides it.
     *
     * @throws Exception when it does not run
     */
    protected void run(Item<?> item, ObjectNode example) throws Exception {
        throw new AssertionError("this suite does not run the example of " + item.id());
    }

    private Stream<DynamicTest> tests(Item<?> item) {
        ObjectNode example = item.example();
        Stream<DynamicTest> running = example == null
                ? Stream.empty()
                : Stream.of(DynamicTest.dynamicTest("the example in its documentation runs", () -> run(item, example)));
        return Stream.concat(parameterTests(item.parameters()), running);
    }

    private static Stream<DynamicTest> parameterTests(Parameters<?> parameters) {
        return Stream.of(
                DynamicTest.dynamicTest("defaults build", () -> assertThat(parameters.defaults())
                        .isEqualTo(parameters.defaults())),
                DynamicTest.dynamicTest("parameters survive JSON", () -> roundTrip(parameters)),
                DynamicTest.dynamicTest("every parameter is described and bounded", () -> described(parameters)),
                DynamicTest.dynamicTest("bad values are refused with their rule", () -> refused(parameters)),
                DynamicTest.dynamicTest("an unknown parameter is refused with near names", () -> unknown(parameters)));
    }

    private static <P extends Record> void roundTrip(Parameters<P> parameters) {
        P defaults = parameters.defaults();
        assertThat(parameters.bind(parameters.write(defaults))).isEqualTo(defaults);
    }

    private static void described(Parameters<?> parameters) {
        for (var property : parameters.schema().json().path("properties").properties()) {
            assertThat(property.getValue().path("description").asString(""))
                    .as("description of " + property.getKey())
                    .isNotBlank();
            JsonNode schema = NullableProperty.value(property.getValue());
            bounded(property.getKey(), schema);
            if (schema.path("additionalProperties").isObject()) {
                bounded("values of " + property.getKey(), schema.path("additionalProperties"));
                assertThat(schema.has("maxProperties"))
                        .as("most entries of " + property.getKey())
                        .isTrue();
            }
        }
    }

    private static void bounded(String name, JsonNode schema) {
        if (numeric(schema)) {
            assertThat(schema.has("minimum") || schema.has("exclusiveMinimum"))
                    .as("lower bound of " + name)
                    .isTrue();
            assertThat(schema.has("maximum") || schema.has("exclusiveMaximum"))
                    .as("upper bound of " + name)
                    .isTrue();
        }
    }

    private static void refused(Parameters<?> parameters) {
        for (var property : parameters.schema().json().path("properties").properties()) {
            BadValues.of(NullableProperty.value(property.getValue()))
                    .forEach(bad -> refused(parameters, property.getKey(), bad));
        }
    }

    private static void refused(Parameters<?> parameters, String name, JsonNode bad) {
        ObjectNode order = JsonNodeFactory.instance.objectNode().set(name, bad);
        ParameterSchema published = ParameterSchema.of(parameters.schema().json());
        assertThatThrownBy(() -> parameters.bind(order))
                .as("%s = %s", name, bad)
                .isInstanceOfSatisfying(InvalidParametersException.class, e -> assertThat(e.violations())
                        .anySatisfy(violation -> {
                            assertThat(violation.field()).startsWith(name);
                            assertThat(violation.rule()).isNotBlank();
                        }));
        assertThatThrownBy(() -> published.complete(order)).isInstanceOf(InvalidParametersException.class);
    }

    private static void unknown(Parameters<?> parameters) {
        for (String name : parameters.schema().names()) {
            ObjectNode order = JsonNodeFactory.instance.objectNode().put(name + "x", 1);
            assertThatThrownBy(() -> parameters.bind(order))
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("did you mean")
                    .hasMessageContaining(name);
        }
    }

    private static boolean numeric(JsonNode schema) {
        String type = schema.path("type").toString();
        return type.contains("integer") || type.contains("number");
    }
}
