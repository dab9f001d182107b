package dev.paddock.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Names, bounds, defaults and messages of parameters. */
class ParametersTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final Parameters<Params> parameters = Parameters.of(Params.class);

    /** How numbers are held. */
    public enum Precision {
        @JsonProperty("bf16")
        BF16,
        @JsonProperty("fp32")
        FP32
    }

    /** Parameters of every shape. */
    public record Params(
            @Parameter(value = "8", description = "Rank.") @Min(1) @Max(512) int r,

            @Parameter(value = "0.0002", description = "Learning rate.")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double learningRate,

            @Parameter(value = "bf16", description = "Numbers of the base.")
            Precision precision,

            @Parameter(value = "[\"q\",\"v\"]", description = "Targets.") @NotEmpty List<String> targets,

            @Parameter(value = "null", description = "Steps between checkpoints.") @Min(1) @Max(1000) @Nullable Integer checkpointEvery,

            @Parameter(value = "null", description = "A remark.") @Nullable String note,

            @Parameter(value = "false", description = "Rank-stabilised scale.")
            boolean rslora) {
        @AssertTrue(message = "rslora needs r of at least 2") boolean isRankEnough() {
            return !rslora || r >= 2;
        }
    }

    @Test
    void theSchemaCarriesTypesBoundsDefaultsAndDescriptions() {
        assertThat(object(parameters.schema().json().toString())).isEqualTo(object("""
                {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
                 "properties":{
                  "r":{"type":"integer","description":"Rank.","default":8,"minimum":1,"maximum":512},
                  "learningRate":{"type":"number","description":"Learning rate.","default":0.0002,"exclusiveMinimum":0,"maximum":1},
                  "precision":{"type":"string","enum":["bf16","fp32"],"description":"Numbers of the base.","default":"bf16"},
                  "targets":{"type":"array","items":{"type":"string"},"minItems":1,"description":"Targets.","default":["q","v"]},
                  "checkpointEvery":{"anyOf":[{"type":"null"},{"type":"integer","minimum":1,"maximum":1000}],
                                     "description":"Steps between checkpoints.","default":null},
                  "note":{"type":["string","null"],"description":"A remark.","default":null},
                  "rslora":{"type":"boolean","description":"Rank-stabilised scale.","default":false}},
                 "additionalProperties":false}"""));
    }

    /** Parameters that several entries have. */
    public record Shared(
            @Parameter(value = "4", description = "Rows.") @Min(1) @Max(9) int rows,

            @Parameter(description = "Words.") String words) {}

    /** An entry's own among which they stand. */
    public record Including(
            @Parameter(value = "1", description = "First.") @Min(1) @Max(9) int first,

            @JsonUnwrapped @Valid Shared shared,

            @Parameter(value = "2", description = "Last.") @Min(1) @Max(9) int last) {}

    @Test
    void sharedParametersStandAmongTheOthersInTheirPlace() {
        Parameters<Including> including = Parameters.of(Including.class);
        ObjectNode schema = including.schema().json();
        assertThat(schema.path("properties").propertyNames()).containsExactly("first", "rows", "words", "last");
        assertThat(object(schema.path("properties").path("rows").toString())).isEqualTo(object("""
                {"type":"integer","minimum":1,"maximum":9,"description":"Rows.","default":4}"""));
        assertThat(schema.path("required")).hasSize(1);
        Including bound = including.bind(object("{\"words\":\"a b\",\"rows\":5}"));
        assertThat(bound).isEqualTo(new Including(1, new Shared(5, "a b"), 2));
        assertThat(including.write(bound)).isEqualTo(object("""
                {"first":1,"rows":5,"words":"a b","last":2}"""));
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> including.bind(object("{\"rows\":10,\"words\":\"a\"}")))
                .withMessageContaining("rows");
    }

    /** An entry with defaults of its own. */
    public record Defaulting(
            @Default(of = "r", value = "16") @Default(of = "precision", value = "fp32") @JsonUnwrapped @Valid Params shared) {}

    /** One with a default for what its shared parameters have not. */
    public record Mistaken(
            @Default(of = "words", value = "a") @JsonUnwrapped @Valid Shared shared) {}

    @Test
    void anEntryGivesSharedParametersItsOwnDefaults() {
        Parameters<Defaulting> defaulting = Parameters.of(Defaulting.class);
        assertThat(object(
                        defaulting.schema().json().path("properties").path("r").toString()))
                .isEqualTo(object("""
                {"type":"integer","description":"Rank.","default":16,"minimum":1,"maximum":512}"""));
        assertThat(defaulting.defaults().shared())
                .isEqualTo(new Params(16, 0.0002, Precision.FP32, List.of("q", "v"), null, null, false));
        assertThat(defaulting.bind(object("{\"r\":4}")).shared().r()).isEqualTo(4);
        assertThat(parameters.defaults().r()).as("where it is by itself").isEqualTo(8);
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> Parameters.of(Mistaken.class))
                .withMessageContaining("gives a default to 'words'");
    }

    /** No parameters at all. */
    public record Nothing() {}

    @Test
    void whoTakesNoParametersRefusesEveryOne() {
        Parameters<Nothing> nothing = Parameters.of(Nothing.class);
        assertThat(nothing.bind(object("{}"))).isEqualTo(new Nothing());
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> nothing.bind(object("{\"r\":8}")))
                .withMessageContaining("r");
    }

    @Test
    void defaultsFillWhatTheOrderLeavesOut() {
        Params bound = parameters.bind(object("{\"r\":16,\"precision\":\"fp32\"}"));
        assertThat(bound).isEqualTo(new Params(16, 0.0002, Precision.FP32, List.of("q", "v"), null, null, false));
        assertThat(parameters.bind(parameters.write(bound))).isEqualTo(bound);
    }

    @Test
    void aBrokenBoundNamesValueAndRule() {
        assertThat(refused("{\"r\":0,\"learningRate\":0,\"precision\":\"fp8\",\"targets\":[]}"))
                .extracting(ParameterViolation::toString)
                .containsExactlyInAnyOrder(
                        "r = 0: must have a minimum value of 1",
                        "learningRate = 0: must have an exclusive minimum value of 0",
                        "precision = \"fp8\": does not have a value in the enumeration [\"bf16\", \"fp32\"]",
                        "targets = []: must have at least 1 items but found 0");
    }

    @Test
    void aWrongTypeIsRefused() {
        assertThat(refused("{\"r\":\"eight\"}"))
                .singleElement()
                .hasToString("r = \"eight\": string found, integer expected");
        assertThat(refused("{\"targets\":[\"q\",7]}"))
                .extracting(ParameterViolation::field)
                .containsExactly("targets[1]");
        assertThat(refused("{\"r\":null}"))
                .extracting(ParameterViolation::field)
                .containsExactly("r");
    }

    @Test
    void anUnknownNameAnswersWithNearNames() {
        assertThat(refused("{\"learning_rate\":0.1}"))
                .singleElement()
                .hasToString("learning_rate = 0.1: unknown parameter; did you mean learningRate?");
    }

    @Test
    void aRuleAcrossParametersIsHeld() {
        assertThat(refused("{\"r\":1,\"rslora\":true}"))
                .extracting(ParameterViolation::rule)
                .containsExactly("rslora needs r of at least 2");
    }

    @Test
    void thePublishedSchemaRefusesTheSameWithoutTheClass() {
        ParameterSchema published = ParameterSchema.of(parameters.schema().json());
        assertThat(published.complete(object("{\"r\":4}")))
                .isEqualTo(parameters.schema().complete(object("{\"r\":4}")));
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> published.complete(object("{\"r\":513}")))
                .withMessage("r = 513: must have a maximum value of 512");
    }

    @Test
    void aBoundedNumberMayBeNullAndIsHeldToItsBoundsOtherwise() {
        ParameterSchema published = ParameterSchema.of(parameters.schema().json());
        for (String given : List.of("null", "1", "1000")) {
            ObjectNode order = object("{\"checkpointEvery\":" + given + "}");
            assertThat(published.complete(order).get("checkpointEvery")).hasToString(given);
            assertThat(String.valueOf(parameters.bind(order).checkpointEvery())).isEqualTo(given);
        }
        assertThat(refused("{\"checkpointEvery\":0}"))
                .singleElement()
                .hasToString("checkpointEvery = 0: must have a minimum value of 1");
        assertThat(refused("{\"checkpointEvery\":1001}"))
                .singleElement()
                .hasToString("checkpointEvery = 1001: must have a maximum value of 1000");
        assertThat(refused("{\"checkpointEvery\":\"often\"}"))
                .singleElement()
                .hasToString("checkpointEvery = \"often\": string found, integer expected");
        assertThat(parameters.bind(object("{\"note\":\"n\"}")).note()).isEqualTo("n");
    }

    @Test
    void somethingElseIsNoParameterSchema() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ParameterSchema.of(object("{\"type\":\"string\"}")));
    }

    @Test
    void aSchemaNeverFetchesFromAfar() {
        ObjectNode remote =
                object("{\"type\":\"object\",\"properties\":{\"r\":{\"$ref\":\"http://127.0.0.1:9/schema.json\"}}}");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ParameterSchema.of(remote))
                .withMessageContaining("FileNotFoundException: http://127.0.0.1:9/schema.json");
    }

    private List<ParameterViolation> refused(String json) {
        try {
            Params bound = parameters.bind(object(json));
            throw new AssertionError("accepted " + bound);
        } catch (InvalidParametersException e) {
            return e.violations();
        }
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JSON.readTree(json);
    }
}
