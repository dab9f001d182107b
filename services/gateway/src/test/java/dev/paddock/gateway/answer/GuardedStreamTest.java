package dev.paddock.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.contracts.event.AnswerGiven;
import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.GuardPart;
import dev.paddock.gateway.world.RegistryPart;
import dev.paddock.gateway.world.World;
import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.kit.connection.CallerGoneException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@GatewayTest
class GuardedStreamTest {
    private static final String USAGE = ",\"usage\":{\"promptTokens\":11,\"completionTokens\":4}";
    private static final String ANSWER = """
            data: {"prompt":0,"index":0,"text":"All is well.","finishReason":"stop"%s}

            data: [DONE]

            """.formatted(USAGE);

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
        Listening listener = new Listening() {
            @Override
            public void finished(int index, String finishReason, List<ActingAdapter> adapters) {
                throw new CallerGoneException(new IOException("gone"));
            }
        };

        assertThatThrownBy(() -> run(asker, question(), listener)).isInstanceOf(CallerGoneException.class);

        assertThat(reasons(asker)).containsExactly("stop");
    }

    @Test
    void anAnswerIsOnRecordBeforeItsFirstPieceLeaves() throws Exception {
        Asker asker = new Asker("default", UUID.randomUUID(), "tests");
        List<String> atFirst = new ArrayList<>();

        run(asker, question(), new Listening() {
            @Override
            public void open(AnswerHead head) {
                atFirst.addAll(reasons(asker));
            }
        });

        assertThat(atFirst).containsExactly(AnswerGiven.OPEN);
        assertThat(reasons(asker)).containsExactly("stop");
    }

    @Test
    void nothingLeavesOfAnAnswerThatCannotBePutOnRecord() {
        Asker asker = new Asker("default", UUID.randomUUID(), "tests");
        AtomicBoolean heard = new AtomicBoolean();
        refuseWrites(asker, 1);

        assertThatThrownBy(() -> run(asker, question(), new Listening() {
                    @Override
                    public void open(AnswerHead head) {
                        heard.set(true);
                    }
                }))
                .isInstanceOf(DataAccessException.class);

        assertThat(heard).isFalse();
        assertThat(reasons(asker)).isEmpty();
    }

    @Test
    void theEndOfAnAnswerIsWrittenAgainWhereWritingFails() throws Exception {
        Asker asker = new Asker("default", UUID.randomUUID(), "tests");

        run(asker, question(), new Listening() {
            @Override
            public void open(AnswerHead head) {
                refuseWrites(asker, 2);
            }
        });

        assertThat(reasons(asker)).containsExactly("stop");
    }

    @Test
    void theUsageOfAnAnswerWithheldBeforeItsEndCountsThePrompt() throws Exception {
        List<TokenUsage> usage = new ArrayList<>();

        run(
                new Asker("default", UUID.randomUUID(), "tests"),
                question(),
                ANSWER.replace("well", GuardPart.UNSAFE).replace(USAGE, ""),
                new Listening() {
                    @Override
                    public void done(TokenUsage told) {
                        usage.add(told);
                    }
                });

        assertThat(usage).containsExactly(new TokenUsage(11, 1));
    }

    private void run(Asker asker, JudgedQuestion question, AnswerListener listener) {
        run(asker, question, ANSWER, listener);
    }

    private void run(Asker asker, JudgedQuestion question, String answer, AnswerListener listener) {
        new GuardedStream(asker, question, guard, listener, records, World.WINDOW)
                .run(new ChunkStream(
                        new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)), CallerConnection.UNKNOWN));
    }

    private List<String> reasons(Asker asker) {
        return jdbc.sql("SELECT finish_reason FROM answer WHERE application_key_id = :key")
                .param("key", asker.keyId())
                .query(String.class)
                .list();
    }

    /** The database refuses so many writes of an answer to that asker. */
    private void refuseWrites(Asker asker, int times) {
        String name = "refuse_" + asker.keyId().toString().replace("-", "");
        jdbc.sql("CREATE SEQUENCE " + name + " MAXVALUE 1000").update();
        jdbc.sql("CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('" + name
                        + "') <= " + times + " THEN RAISE 'refused'; END IF; RETURN NEW; END $$")
                .update();
        jdbc.sql("CREATE TRIGGER " + name + " BEFORE INSERT ON answer FOR EACH ROW WHEN"
                        + " (NEW.application_key_id = '" + asker.keyId() + "') EXECUTE FUNCTION " + name + "()")
                .update();
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
                verdict,
                11);
    }

    /** Takes everything. */
    private abstract static class Listening implements AnswerListener {
        @Override
        public void open(AnswerHead head) {}

        @Override
        public void piece(int index, CompletionChunk chunk) {}

        @Override
        public void refusal(int index, String refusal) {}

        @Override
        public void finished(int index, String finishReason, List<ActingAdapter> adapters) {}

        @Override
        public void done(TokenUsage usage) {}
    }
}
