package dev.paddock.contracts.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ToolCall;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ToolWordsTest {
    private static final String PARCEL = """
            [{"type":"function","function":{"name":"find_parcel","description":"Tells where a parcel is.","strict":true,
            "parameters":{"type":"object","properties":{"locker":{"type":"integer","description":"Number of the locker","minimum":1},
            "type":{"type":["string","null"],"enum":["letter","box"]}},"required":["locker","type"],"additionalProperties":false}}},
            {"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{}}}}]""".replace("\n", "");

    @Test
    void definitionsAreReadInWords() {
        assertThat(read(PARCEL))
                .isEqualTo(
                        "find parcel Tells where a parcel is. locker Number of the locker 1 type letter box\nweather");
    }

    /** Wherever a caller can put a word of its own, the guard sees it. */
    @Test
    void nothingThatSomebodyChoseIsLost() {
        String everywhere = """
                [{"type":"function","w0":"w1","function":{"name":"w2","description":{"w3":["w4"]},"w5":null,"parameters":{
                "type":"w6","title":"w7","properties":{"w8":{"type":["string","w9"],"default":{"type":"w10","enum":"w11"}},
                "type":{"const":"w12"},"properties":{"properties":{"w13":"w14"}}},"required":["w8","w15",{"w16":17}],
                "patternProperties":{"w18":{"pattern":"w19"}},"$defs":"w20","items":[{"enum":[["w21"],{"w22":23}]},"w24"],
                "anyOf":{"w25":{"format":"w26"}},"not":"w27","additionalProperties":{"$ref":"w28","w29":{"items":"w30"}},
                "minLength":"w31","$comment":"w32","x":{"properties":{"w33":1},"type":"object","required":["w34"]}},
                "strict":"w35","parameters2":{"type":"w36"}}}]""".replace("\n", "");

        assertThat(read(everywhere)).doesNotContain("{", "\"");
        assertThat(read(everywhere).split("[ \n]", -1))
                .contains(IntStream.rangeClosed(0, 36)
                        .mapToObj(number -> (number == 17 || number == 23 ? "" : "w") + number)
                        .toArray(String[]::new));
    }

    /** A parser would see less of these than a model. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"description\":\"poison\",\"description\":\"tea\"}}]",
                "[{\"type\":\"function\",\"type\":\"function\",\"function\":{\"name\":\"a\"}}]",
                "[{\"type\":\"function\", \"function\":{\"name\":\"a\"}}]",
                "[{\"type\":\"function\",\"function\":{\"name\":\"\\u0061\"}}]",
                "[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}] and more",
                "[{\"type\":\"function\",\"function\":{\"name\":\"a\"}},{\"type\":\"object\"}]",
                "[{\"type\":\"function\",\"function\":\"a\"}]",
                "[{\"type\":\"function\",\"function\":{\"name\":\"a\"}"
            })
    void whatIsNotAListOfFunctionsToTheLetterStaysAsItIs(String text) {
        assertThat(read(text)).isEqualTo(text);
    }

    @Test
    void onlyASystemTurnDefines() {
        for (String role : List.of("user", "assistant", "tool")) {
            assertThat(GuardText.of(ChatMessage.of(role, PARCEL))).isEqualTo(PARCEL);
        }
    }

    @Test
    void whatACallerSentIsWhatIsRead() {
        String sent = JsonMapper.shared()
                .readTree("[ {\"function\": {\"name\": \"caf\\u00e9\", \"x\": 1.50}, \"type\": \"function\"} ]")
                .toString();

        assertThat(read(sent)).isEqualTo("café x 1.5");
    }

    @Test
    void argumentsOfACallAreReadInWords() {
        String made = "call_0123456789abcdef01234567";
        assertThat(read(made, "{\"place\":\"shop\",\"open\":true,\"days\":[1,2],\"note\":null}"))
                .isEqualTo("find_parcel place shop open true days 1 2 note");
        assertThat(read(made, "{}")).isEqualTo("find_parcel");
        String twice = "{\"place\":\"poison\",\"place\":\"shop\"}";
        assertThat(read(made, twice)).isEqualTo("find_parcel " + twice);
    }

    @Test
    void onlyAnIdAsAWorkerMakesItIsLeftOut() {
        for (String chosen : List.of("call_poison", "call_0123456789abcdef0123456", "call_0123456789ABCDEF01234567")) {
            assertThat(read(chosen, "{}")).isEqualTo("find_parcel\n" + chosen);
        }
    }

    private static String read(String id, String arguments) {
        ToolCall call = new ToolCall(id, "find_parcel", arguments);
        return GuardText.of(new ChatMessage("assistant", null, List.of(call), null, null));
    }

    private static String read(String system) {
        return GuardText.of(ChatMessage.of("system", system));
    }
}
