package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.BeamSearch;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A beam search from the caller to the worker, and its answers back through the guard. */
@GatewayTest
class BeamSearchTest {
    @Autowired
    private Callers callers;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void itsParametersReachTheWorkerAndEveryAnswerIsJudged() {
        World.WORKER.say("Some", "thing.");
        Callers.Reply reply = callers.application(
                "/v1/completions",
                "{\"model\":\"tickets\",\"prompt\":\"hi\",\"use_beam_search\":true,\"n\":2,\"best_of\":4,"
                        + "\"length_penalty\":0.6,\"early_stopping\":\"never\",\"temperature\":0}");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        JsonNode choices = reply.json().path("choices");
        assertThat(choices.size()).isEqualTo(2);
        assertThat(choices.path(1).path("index").asInt()).isEqualTo(1);
        assertThat(choices.path(1).path("text").asString()).isEqualTo("Something.");
        CompletionRequest asked = World.WORKER.requests().get(0);
        assertThat(asked.sampling().n()).isEqualTo(2);
        assertThat(asked.sampling().beams()).isEqualTo(new BeamSearch(4, 0.6, "never"));
        assertThat(World.GUARD.requests()).as("the prompt and both answers").hasSize(3);
    }

    @Test
    void aChatIsSearchedToo() {
        World.WORKER.say("Something.");
        Callers.Reply reply = chat("\"use_beam_search\":true,\"best_of\":3,\"early_stopping\":true");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        assertThat(World.WORKER.requests().get(0).sampling().beams()).isEqualTo(new BeamSearch(3, null, "true"));
        assertThat(chat("\"use_beam_search\":false").status()).isEqualTo(200);
        assertThat(World.WORKER.requests().get(1).sampling().beams()).isNull();
    }

    @Test
    void whatTheWorkerRefusesBesideItIsNamedAsTheCallerWroteIt() {
        World.WORKER.refuse(400, "invalid-request", "topP is 0.5: beam search takes the model's own …", "topP");
        Callers.Reply reply = chat("\"use_beam_search\":true,\"top_p\":0.5");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo("top_p");
    }

    private Callers.Reply chat(String more) {
        return callers.application(
                "/v1/chat/completions",
                "{\"model\":\"tickets\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + more + "}");
    }
}
