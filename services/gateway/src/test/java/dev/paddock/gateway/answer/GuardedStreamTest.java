package dev.paddock.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.GuardPart;
import dev.paddock.gateway.world.RegistryPart;
import dev.paddock.gateway.world.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@GatewayTest
class GuardedStreamTest {
    private static final String ANSWER = """
            data: {"prompt":0,"index":0,"text":"All is well.","finishReason":"stop","usage":{"promptTokens":1,"completionTokens":4}}

            data: [DONE]

            """;

    @Autowired
    private Guard guard;

    @Autowired
    private AnswerRecords records;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void aReaderThatLeavesAfterTheLastWindowLeavesTheWholeAnswersRecord() {
        Asker asker = new Asker("default", UUID.randomUUID(), "tests");
        GuardedStream stream = new GuardedStream(asker, question(), guard, new LeavesAtTheEnd(), records, World.WINDOW);

        assertThatThrownBy(() ->
                        stream.run(new ChunkStream(new ByteArrayInputStream(ANSWER.getBytes(StandardCharsets.UTF_8)))))
                .isInstanceOf(ListenerGoneException.class);

        assertThat(jdbc.sql("SELECT finish_reason FROM answer WHERE application_key_id = :key")
                        .param("key", asker.keyId())
                        .query(String.class)
                        .list())
                .containsExactly("stop");
    }

    private static JudgedQuestion question() {
        Question question = Question.chat(
                RegistryPart.ADAPTER,
                List.of(ChatMessage.of("user", "hello")),
                SamplingParameters.greedy(9),
                null,
                true,
                false);
        Verdict verdict =
                new Verdict(UUID.randomUUID(), true, List.of(), 0.01, GuardPart.POLICY, 3, GuardPart.GUARD_VERSION);
        return new JudgedQuestion(
                question,
                new AnswerHead(
                        "chatcmpl-" + UUID.randomUUID(),
                        Instant.parse("2026-11-23T10:00:00Z"),
                        RegistryPart.adapter("default"),
                        PolicyStamp.of(verdict)),
                verdict);
    }

    /** Takes every piece and is gone before it hears that the answer is finished. */
    private static final class LeavesAtTheEnd implements AnswerListener {
        @Override
        public void open(AnswerHead head) {}

        @Override
        public void piece(int index, CompletionChunk chunk) {}

        @Override
        public void refusal(int index, String refusal) {}

        @Override
        public void finished(int index, String finishReason) throws ListenerGoneException {
            throw new ListenerGoneException(new IOException("gone"));
        }

        @Override
        public void done(TokenUsage usage) {}
    }
}
