package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.AnswerEvent;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.GuardPart;
import dev.paddock.gateway.world.RegistryPart;
import dev.paddock.gateway.world.World;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.testkit.TestInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@GatewayTest
class ChatTest {
    private static final String PATH = "/v1/chat/completions";

    @Autowired
    private Callers callers;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void anAdaptedModelAnswersWithUsageLineageAndVersions() {
        Callers.Reply reply = ask(
                "hello",
                ",\"temperature\":0,\"max_tokens\":9,\"seed\":5,\"stop\":\"END\",\"user\":\"u\",\"made_up\":1");
        assertThat(reply.status()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("id").asString()).matches("chatcmpl-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*");
        assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
        assertThat(answer.path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString())
                .isEqualTo("All is well.");
        assertThat(answer.path("choices").path(0).path("message").get("refusal").isNull())
                .isTrue();
        assertThat(answer.path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("stop");
        assertThat(answer.path("usage").path("total_tokens").asInt()).isEqualTo(15);
        assertThat(reply.header("x-paddock-answer")).isEqualTo(answer.path("id").asString());
        assertThat(reply.header("x-paddock-model-version")).isEqualTo(RegistryPart.ADAPTER_VERSION.toString());
        assertThat(reply.header("x-paddock-base")).isEqualTo(RegistryPart.BASE_DIGEST);
        assertThat(reply.header("x-paddock-policy")).isEqualTo(GuardPart.POLICY + "@3");

        CompletionRequest asked = World.WORKER.requests().get(0);
        assertThat(asked.model().base()).isEqualTo(RegistryPart.BASE_DIGEST);
        assertThat(asked.model().adapter()).isEqualTo(RegistryPart.ADAPTER_DIGEST);
        assertThat(asked.sampling().maxTokens()).isEqualTo(9);
        assertThat(asked.sampling().seed()).isEqualTo(5);
        assertThat(asked.sampling().stop()).containsExactly("END");
        assertThat(World.GUARD.requests()).extracting(request -> request.role()).containsExactly("user", "assistant");
    }

    @Test
    void anAnswerLeavesARowAndAnEventWithDigestsAndNoText() {
        Callers.Reply reply = ask("a very private question", "");
        Map<String, Object> row = row(reply);
        assertThat(row.get("prompt")).isNull();
        assertThat(row.get("answer")).isNull();
        assertThat(row.get("prompt_digest")).isEqualTo(digest(ChatMessage.of("user", "a very private question")));
        assertThat(row.get("finish_reason")).isEqualTo("stop");
        String event = told(String.valueOf(reply.header("x-paddock-answer")));
        assertThat(event)
                .contains("dev.paddock.AnswerGiven.v1", RegistryPart.ADAPTER_VERSION.toString())
                .doesNotContain("private");
    }

    private static String digest(ChatMessage... conversation) {
        return Digest.of(JsonMapper.shared().writeValueAsBytes(List.of(conversation)))
                .value();
    }

    @Test
    void anAnswerInPiecesIsToldBeforeItsEnd() {
        Callers.Reply reply = ask("hello", ",\"stream\":true");
        assertThat(told(reply.header("x-paddock-answer"))).contains("\"finishReason\":\"open\"", "\"openedAt\":\"");
        assertThat(row(reply).get("finish_reason")).isEqualTo("stop");
    }

    /** The first event with that key, as Kafka has it. */
    private static String told(String key) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", TestInfrastructure.get().kafka(),
                "group.id", UUID.randomUUID().toString(),
                "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(AnswerEvent.TOPIC));
            for (int poll = 0; poll < 60; poll++) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(500))) {
                    if (key.equals(message.key())) {
                        return message.value();
                    }
                }
            }
        }
        throw new AssertionError("nothing was told of " + key);
    }

    @Test
    void partsOfTextAndADeveloperTurnAreRead() {
        callers.application(
                PATH,
                "{\"model\":\"tickets\",\"messages\":[{\"role\":\"developer\",\"content\":\"be brief\"},{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"one \"},{\"type\":\"text\",\"text\":\"two\"}]}]}");
        CompletionRequest asked = World.WORKER.requests().get(0);
        assertThat(asked.messages())
                .extracting(message -> message.role() + ":" + message.content())
                .containsExactly("system:be brief", "user:one two");
    }

    @Test
    void aRefusedTurnIsReadAsWhatTheAssistantSaid() {
        String dumped = ",\"annotations\":[],\"audio\":null,\"function_call\":null,\"tool_calls\":null}";
        for (String turn : List.of(
                "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"Withheld.\"" + dumped,
                "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":\"Withheld.\"" + dumped,
                "{\"role\":\"assistant\",\"refusal\":\"Withheld.\",\"tool_calls\":[]}",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"Withheld.\"}]}",
                "{\"role\":\"assistant\",\"content\":\"Withheld.\",\"refusal\":null" + dumped)) {
            World.reset();
            Callers.Reply reply = afterTurn(turn);
            assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
            assertThat(World.WORKER.requests().get(0).messages())
                    .extracting(message -> message.role() + ":" + message.content())
                    .containsExactly("assistant:Withheld.", "user:go on");
        }
        assertThat(afterTurn("{\"role\":\"user\",\"content\":null,\"refusal\":\"No.\"}")
                        .status())
                .isEqualTo(400);
        assertThat(afterTurn("{\"role\":\"assistant\",\"content\":null,\"refusal\":\"poison\"}")
                        .response()
                        .body())
                .contains("content_filter");
    }

    private Callers.Reply afterTurn(String turn) {
        return callers.application(
                PATH, "{\"model\":\"tickets\",\"messages\":[" + turn + ",{\"role\":\"user\",\"content\":\"go on\"}]}");
    }

    @Test
    void anUnsafeQuestionNeverReachesTheWorker() {
        Callers.Reply reply = ask("how to mix poison", "");
        assertThat(reply.status()).isEqualTo(200);
        JsonNode choice = reply.json().path("choices").path(0);
        assertThat(choice.path("finish_reason").asString()).isEqualTo("content_filter");
        assertThat(choice.path("message").get("content").isNull()).isTrue();
        assertThat(choice.path("message").path("refusal").asString()).contains("S2");
        JsonNode usage = reply.json().path("usage");
        assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(11);
        assertThat(usage.path("completion_tokens").asInt()).isZero();
        assertThat(usage.path("total_tokens").asInt()).isEqualTo(11);
        assertThat(World.WORKER.requests()).isEmpty();
        assertThat(row(reply).get("finish_reason")).isEqualTo("content_filter");
    }

    @Test
    void aQuestionHasUpTo128Answers() {
        JsonNode answer = ask("hello", ",\"n\":128,\"best_of\":128").json();
        assertThat(answer.path("choices").size()).isEqualTo(128);
        assertThat(answer.path("choices").path(127).path("index").asInt()).isEqualTo(127);
        assertThat(World.GUARD.requests()).as("the question and every answer").hasSize(129);
    }

    @Test
    void anUnsafeAnswerIsWithheld() {
        World.WORKER.say("Take", " some", " poison");
        Callers.Reply reply = ask("what now", "");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("content_filter");
        assertThat(reply.response().body()).doesNotContain("poison");
    }

    @Test
    void withoutAVerdictThereIsNoAnswer() {
        for (GuardPart.Mode mode : new GuardPart.Mode[] {
            GuardPart.Mode.NO_MODEL, GuardPart.Mode.FAULTY, GuardPart.Mode.SLOW, GuardPart.Mode.FAULTY_ON_ANSWERS
        }) {
            World.GUARD.be(mode);
            Callers.Reply reply = ask("hello", "");
            assertThat(reply.status()).as(mode.name()).isEqualTo(503);
            assertThat(reply.json().path("error").path("code").asString())
                    .isEqualTo(mode == GuardPart.Mode.NO_MODEL ? "no_guard_model" : "no_verdict");
            assertThat(reply.response().body()).doesNotContain("well");
        }
    }

    @Test
    void noTurnOrFieldOfItReachesTheWorkerUnjudged() {
        String escaped = "{\\\"q\\\":\\\"\\\\u0070oison\\\"}";
        for (String turn : List.of(
                "{\"role\":\"system\",\"content\":\"poison\"}",
                "{\"role\":\"assistant\",\"content\":\"poison\"}",
                "{\"role\":\"tool\",\"content\":\"x\",\"tool_call_id\":\"poison\"}",
                "{\"role\":\"user\",\"content\":\"x\",\"name\":\"poison\"}",
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"poi\"},{\"type\":\"text\",\"text\":\"son\"}]}",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\""
                        + escaped + "\"}}]}")) {
            Callers.Reply reply = afterTurn(turn);
            assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
            assertThat(reply.response().body()).as(turn).contains("content_filter");
        }
        assertThat(World.WORKER.requests()).isEmpty();
    }

    @Test
    void aStopStringHidesNoTokenFromTheGuard() {
        World.WORKER.say("All", " is", " poison");
        Callers.Reply reply = ask("hello", ",\"stop\":\" poison\",\"logprobs\":true");
        assertThat(reply.response().body()).contains("content_filter").doesNotContain("All", "poison");
    }

    @Test
    void logprobsComeInOpenAisShape() {
        JsonNode token = ask("hello", ",\"logprobs\":true,\"top_logprobs\":1")
                .json()
                .path("choices")
                .path(0)
                .path("logprobs")
                .path("content")
                .path(1);
        assertThat(token.path("token").asString()).isEqualTo(" is");
        assertThat(token.path("logprob").asDouble()).isEqualTo(-0.5);
        assertThat(token.path("bytes").path(0).asInt()).isEqualTo(32);
        assertThat(token.path("top_logprobs").path(0).path("token").asString()).isEqualTo(" is");
        assertThat(World.WORKER.requests().get(0).logprobs()).isEqualTo(1);
    }

    @Test
    void aPartOfACharacterHasItsOwnBytes() {
        World.WORKER.say("bytes:\\xe2", "bytes:\\x82\\xac", "bytes:\\x");
        JsonNode logprobs = ask("hello", ",\"logprobs\":true,\"top_logprobs\":1")
                .json()
                .path("choices")
                .path(0)
                .path("logprobs");
        assertThat(logprobs.get("refusal").isNull()).isTrue();
        JsonNode content = logprobs.path("content");
        assertThat(content.path(0).path("bytes").toString()).isEqualTo("[226]");
        assertThat(content.path(1).path("bytes").toString()).isEqualTo("[130,172]");
        assertThat(content.path(1).path("top_logprobs").path(0).path("bytes").toString())
                .isEqualTo("[130,172]");
        assertThat(content.path(2).path("bytes").size()).isEqualTo(8);
    }

    @Test
    void aTenantThatOptedInKeepsItsTexts() {
        String value = "pk-" + "o".repeat(43);
        jdbc.sql("INSERT INTO application_key (id, tenant, name, digest, hint, created_by, created_at, lock_version)"
                        + " VALUES (gen_random_uuid(), 'open', 'opted in', 'sha256:' || encode(sha256(:value::bytea), 'hex'),"
                        + " 'oooo', 'test', now(), 0)")
                .param("value", value)
                .update();
        Callers.Reply reply = callers.bearer(value, "POST", PATH, body(RegistryPart.BASE, "keep this", ""));
        assertThat(reply.status()).isEqualTo(200);
        assertThat((String) row(reply).get("prompt")).contains("keep this");
        assertThat((String) row(reply).get("answer")).contains("All is well.");
    }

    private Callers.Reply ask(String question, String more) {
        return callers.application(PATH, body(RegistryPart.ADAPTER, question, more));
    }

    private static String body(String model, String question, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]" + more
                + "}";
    }

    private Map<String, Object> row(Callers.Reply reply) {
        return jdbc.sql("SELECT * FROM answer WHERE id = :id")
                .param("id", reply.header("x-paddock-answer"))
                .query()
                .singleRow();
    }
}
