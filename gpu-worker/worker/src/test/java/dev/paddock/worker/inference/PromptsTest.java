package dev.paddock.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.ToolCall;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PromptsTest {
    private final Prompts prompts = new Prompts(JsonMapper.shared(), Clock.systemUTC());

    @Test
    void aToolCallHasItsFieldsInOneOrder() {
        assertThat(prompts.toolCall(new ToolCall("c1", "find", "{\"z\":1,\"a\":{\"y\":2,\"b\":3}}")))
                .hasToString("{id=c1, type=function, function={name=find, arguments={z=1, a={y=2, b=3}}}}");
    }
}
