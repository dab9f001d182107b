package dev.paddock.llama.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However an answer is cut into pieces, its calls and its text are the same. */
class ToolCallReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TAGGED | Let me see.<tool_call>{"name":"f","arguments":{"a":1}}</tool_call>                      | f{"a":1}            | Let me see.
            TAGGED | <tool_call>{"name":"f","arguments":{}}</tool_call><tool_call>{"name":"g","arguments":{}} | f{} g{}            | ''
            TAGGED | a < b and <tool is no call                                                              | ''                  | a < b and <tool is no call
            TAGGED | <tool_call>no json</tool_call>                                                          | ''                  | <tool_call>no json</tool_call>
            TAGGED | <tool_call>{"name":"f"}</tool_call>                                                     | ''                  | <tool_call>{"name":"f"}</tool_call>
            BARE   | {"name":"f","parameters":{"x":"y"}}                                                     | f{"x":"y"}          | ''
            TAGGED | <tool_call>{"name":"f","arguments":{"x":"a </tool_call> \\" b"}}</tool_call>          | f{"x":"a </tool_call> \\" b"} | ''
            BARE   | {"other":1}                                                                             | ''                  | {"other":1}
            BARE   | No call {"name":"f","parameters":{}}                                                    | ''                  | No call {"name":"f","parameters":{}}
            LISTED | [TOOL_CALLS] [{"name":"f","arguments":{}},{"name":"g","arguments":{"b":[2]}}]           | f{} g{"b":[2]}      | ''
            LISTED | [a list]                                                                                | ''                  | [a list]
            """)
    void findsCallsInAnyPieces(ToolSyntax syntax, String answer, String calls, String text) {
        for (int size = 1; size <= answer.length(); size++) {
            ToolCallReader reader = new ToolCallReader(syntax);
            StringBuilder free = new StringBuilder();
            for (int at = 0; at < answer.length(); at += size) {
                free.append(reader.append(answer.substring(at, Math.min(answer.length(), at + size))));
            }
            free.append(reader.finish());
            List<String> found = reader.calls().stream()
                    .map(call -> call.name() + call.arguments())
                    .toList();
            assertThat(String.join(" ", found)).isEqualTo(calls);
            assertThat(free).hasToString(text);
        }
    }

    @Test
    void templatesTellTheirSyntax() {
        assertThat(ToolSyntax.of(template("qwen-2.5-tools"))).isEqualTo(ToolSyntax.TAGGED);
        assertThat(ToolSyntax.of(template("llama-3.1-tools"))).isEqualTo(ToolSyntax.BARE);
        assertThat(ToolSyntax.of(template("mistral-tools"))).isEqualTo(ToolSyntax.LISTED);
        assertThat(ToolSyntax.isIn(template("smollm2"))).isFalse();
    }

    private static String template(String name) {
        return new String(Fixtures.bytes("/chat-templates/" + name + ".jinja"), StandardCharsets.UTF_8);
    }
}
