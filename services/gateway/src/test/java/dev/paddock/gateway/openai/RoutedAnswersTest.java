package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.GuardPart;
import dev.paddock.gateway.world.World;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of a model whose gates choose among adapters say which of them acted. */
@GatewayTest
class RoutedAnswersTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNode ACTED = JSON.readTree(
            "{\"adapters\":[{\"version\":\"first\",\"share\":0.75},{\"version\":\"second\",\"share\":0.25}]}");

    @Autowired
    private Callers callers;

    @BeforeEach
    void reset() {
        World.reset();
        World.WORKER.say("Hall", " 7.");
        World.WORKER.route(new ActingAdapter("first", 0.75), new ActingAdapter("second", 0.25));
    }

    @Test
    void aWholeAnswerSaysItInItsChoice() {
        JsonNode choice = ask("").json().path("choices").path(0);
        assertThat(choice.path("paddock")).isEqualTo(ACTED);
        World.WORKER.say("Hall", " 7.");
        assertThat(ask("").json().path("choices").path(0).has("paddock")).isFalse();
    }

    @Test
    void aStreamSaysItAtTheChoicesEnd() {
        List<JsonNode> choices = ask(",\"stream\":true")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> JSON.readTree(line.substring(6)).path("choices").path(0))
                .filter(choice -> choice.has("paddock"))
                .toList();
        assertThat(choices).singleElement().satisfies(choice -> {
            assertThat(choice.path("paddock")).isEqualTo(ACTED);
            assertThat(choice.path("finish_reason").asString()).isEqualTo("stop");
        });
    }

    @Test
    void aWithheldAnswerSaysNothing() {
        World.WORKER.say(GuardPart.UNSAFE);
        World.WORKER.route(new ActingAdapter("first", 1));
        for (String stream : List.of("", ",\"stream\":true")) {
            assertThat(ask(stream).response().body()).contains("content_filter").doesNotContain("\"paddock\"");
        }
    }

    private Callers.Reply ask(String more) {
        Callers.Reply reply = callers.application(
                "/v1/chat/completions",
                "{\"model\":\"tickets\",\"messages\":[{\"role\":\"user\",\"content\":\"Which hall?\"}]" + more + "}");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply;
    }
}
