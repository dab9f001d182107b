package dev.paddock.llama.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.constraint.grammar.Grammar;
import dev.paddock.llama.constraint.grammar.State;
import dev.paddock.llama.constraint.schema.SchemaReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaReaderTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"integer","minimum":3,"maximum":120}                | 3 / 99 / 120               | 2 / 121 / 03 / 3.0
            {"type":"integer","exclusiveMinimum":-5,"maximum":0}        | -4 / 0                     | -5 / 1 / -0
            {"type":"number","minimum":0.25,"exclusiveMaximum":1}       | 0.25 / 0.3 / 0.999999      | 0.2 / 1 / 1.0 / 0.249
            {"type":"integer","multipleOf":5}                           | 0 / 15 / -20               | 7 / -3
            {"type":"array","items":{"type":"boolean"},"maxItems":2}    | [] / [true] / [true, false] | [1] / [true,] / [true,true,true]
            {"prefixItems":[{"const":1},{"type":"null"}]}               | [] / [1] / [1,null]        | [null] / [1,null,1]
            {"type":"string","maxLength":2}                             | "" / "é漢" / "\\n"          | "abc" / a
            {"type":"string","pattern":"^a"}                            | "a" / "a\\"b"              | "b" / "A"
            {"enum":["x",1]}                                            | "x" / 1                    | "y" / 2
            {"properties":{"a":true},"required":["a"]}                  | {"a":[{}]}                 | {} / {"b":1}
            {"properties":{"a":{"type":"null"},"b":{"type":"null"}}}    | {} / {"b":null} / {"a":null, "b":null} | {"b":null,"a":null}
            {"additionalProperties":{"type":"null"},"properties":{"a":{"const":1}}} | {"a":1} / {"c":null} | {"a":null} / {"c":1}
            {"oneOf":[{"type":"string"},{"type":"null"}]}               | null / "a"                 | 1
            {"anyOf":[{"$ref":"#/$defs/t"},{"const":0}],"$defs":{"t":{"type":"array","items":{"$ref":"#/$defs/t"}}}} | 0 / [[],[[]]] | [0]
            true                                                        | {"a":[1,{"b":null}]} / 1e5 | {a:1} / 01
            """)
    void allowsWhatTheSchemaAllows(String schema, String allowed, String refused) {
        Grammar grammar = new Grammar(SchemaReader.read(JSON.readTree(schema)));
        for (String text : allowed.split(" / ", -1)) {
            assertThat(accepts(grammar, text)).as(text).isTrue();
        }
        for (String text : refused.split(" / ", -1)) {
            assertThat(accepts(grammar, text)).as(text).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"object","properties":{"a":{"type":"array","uniqueItems":true}}} | #/properties/a/uniqueItems: | different items
            {"not":{}}                                            | #/not:                    | not supported
            {"type":"thing"}                                      | #/type:                   | unknown
            {"type":"integer","minimum":5,"maximum":4}            | #/minimum:                | within the bounds
            {"type":"string","minLength":3,"maxLength":2}         | #/minLength:              | above maxLength
            {"type":"string","pattern":"^a$","minLength":2}       | #/pattern:                | no string
            {"type":"string","pattern":"(?!a)"}                   | #/pattern:                | look-around
            {"type":"string","format":"credit-card"}              | #/format:                 | email
            {"enum":[]}                                           | #/enum:                   | no value
            {"properties":{"a~/b":{"$ref":"#/$defs/none"}}}       | #/properties/a~0~1b/$ref: | has no
            {"$ref":"http://elsewhere/x"}                         | #/$ref:                   | not supported
            {"type":"object","required":["a"],"additionalProperties":false} | #/required:     | required
            {"type":"object","required":["a"],"properties":{"a":{"$ref":"#"}}} | #:           | without an end
            {"anyOf":[{"$ref":"#"}]}                              | #:                        | without an end
            {"oneOf":[{"type":"integer"},{"type":"number"}]}      | #/oneOf/1:                | overlap
            {"allOf":[{},{}]}                                     | #/allOf:                  | as one
            {"allOf":{"a":{}}}                                    | #/allOf:                  | a list
            {"oneOf":[{"$ref":"#foo"},{}]}                        | #/oneOf/1:                | overlap
            {"type":"string","pattern":"^x{2000}$","maxLength":50000} | #/pattern:            | pairs of states
            {"type":"array","minItems":-1}                        | #/minItems:               | no count
            {"type":"array","items":{"if":{}}}                    | #/items/if:               | not supported
            false                                                 | #:                        | no value
            [1]                                                   | #:                        | object or a boolean
            """)
    void whatCannotBeKeptIsRefusedWithItsPlace(String schema, String place, String reason) {
        assertThatThrownBy(() -> SchemaReader.read(JSON.readTree(schema)))
                .isInstanceOf(ConstraintException.class)
                .hasMessageStartingWith(place)
                .hasMessageContaining(reason);
    }

    @Test
    void aSchemaOfTooManyStatesIsRefused() {
        String pattern = "{\"type\":\"string\",\"pattern\":\"^[a-z]{0,5000}$\"},";
        String schema = "{\"anyOf\":[" + pattern.repeat(20) + "true]}";
        assertThatThrownBy(() -> SchemaReader.read(JSON.readTree(schema)))
                .isInstanceOf(ConstraintException.class)
                .hasMessageContaining("states; make it smaller");
    }

    @Test
    void moreOptionalMembersInARowThanAreFollowedAreRefused() {
        assertThatThrownBy(() -> SchemaReader.read(optional(121, "[]")))
                .isInstanceOf(ConstraintException.class)
                .hasMessageContaining("more than 120 optional members in a row");
        for (String required : new String[] {"[\"m100\"]", "[\"m0\"]"}) {
            Grammar grammar = new Grammar(SchemaReader.read(optional(121, required)));
            String last = required.substring(1, required.length() - 1);
            assertThat(accepts(grammar, "{%s:null,\"m120\":null}".formatted(last)))
                    .isTrue();
        }
    }

    @Test
    void moreOptionsThanAreFollowedAreRefused() {
        String schema = "{\"anyOf\":[" + "{\"const\":1},".repeat(250) + "true]}";
        assertThatThrownBy(() -> SchemaReader.read(JSON.readTree(schema)))
                .isInstanceOf(ConstraintException.class)
                .hasMessageContaining("251 options");
    }

    private static JsonNode optional(int members, String required) {
        String properties = IntStream.range(0, members)
                .mapToObj(i -> "\"m" + i + "\":{\"type\":\"null\"}")
                .collect(Collectors.joining(",", "{", "}"));
        return JSON.readTree("{\"properties\":" + properties + ",\"required\":" + required + "}");
    }

    @Test
    void anImpossibleChoiceLeavesTheOthers() {
        Grammar grammar = new Grammar(SchemaReader.read(JSON.readTree("{\"anyOf\":[false,{\"const\":1}]}")));
        assertThat(accepts(grammar, "1")).isTrue();
    }

    private static boolean accepts(Grammar grammar, String text) {
        State state = grammar.start();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            state = grammar.step(state, value & 0xFF);
        }
        return state.accepting();
    }
}
