package dev.paddock.gateway.answer;

import dev.paddock.contracts.event.AnswerGiven;
import dev.paddock.gateway.GatewayProperties;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every answer's evidence: a row and an {@link AnswerGiven} in one transaction; texts only for tenants that opted in. An answer that
 * leaves in pieces is stored twice, open and at its end.
 */
@Component
public class AnswerRecords {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerRecords.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long[] PAUSES_MILLIS = {100, 500, 2_000};

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final TransactionOperations transactions;
    private final GatewayProperties properties;

    AnswerRecords(JdbcClient jdbc, Outbox outbox, TransactionOperations transactions, GatewayProperties properties) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.transactions = transactions;
        this.properties = properties;
    }

    /** Puts on record what the transcript says so far. */
    void store(Asker asker, JudgedQuestion judged, AnswerTranscript transcript) {
        transactions.executeWithoutResult(status -> write(asker, judged, transcript));
    }

    /** Stores the end of an answer of which pieces left; a failure is tried again. */
    void finish(Asker asker, JudgedQuestion judged, AnswerTranscript transcript) {
        for (long pause : PAUSES_MILLIS) {
            try {
                store(asker, judged, transcript);
                return;
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("the end of {} is not on record yet", judged.head().id(), e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            }
        }
        store(asker, judged, transcript);
    }

    private void write(Asker asker, JudgedQuestion judged, AnswerTranscript transcript) {
        String prompt = promptText(judged.question());
        String answer = JSON.writeValueAsString(transcript.texts());
        AnswerGiven event = event(asker, judged, transcript, digest(prompt), digest(answer));
        boolean kept = properties.textsKeptFor().contains(asker.tenant());
        upsert(asker, judged, event, kept ? prompt : null, kept ? answer : null);
        outbox.publish(asker.tenant(), event);
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).value();
    }

    /** What the prompt digest covers: the messages, or the list of prompts, as compact JSON. */
    private static String promptText(Question question) {
        return JSON.writeValueAsString(question.isConversation() ? question.conversation(0) : question.prompts());
    }

    private static AnswerGiven event(
            Asker asker, JudgedQuestion judged, AnswerTranscript transcript, String promptDigest, String answerDigest) {
        AnswerHead head = judged.head();
        return new AnswerGiven(
                head.id(),
                head.model().model(),
                head.model().versionId(),
                head.policy().policyId(),
                head.policy().version(),
                judged.verdict().id(),
                transcript.outputVerdictId(),
                promptDigest,
                answerDigest,
                transcript.finishReason(),
                asker.application(),
                head.created());
    }

    private void upsert(
            Asker asker, JudgedQuestion judged, AnswerGiven event, @Nullable String prompt, @Nullable String answer) {
        jdbc.sql("INSERT INTO answer (id, tenant, model, version_id, policy_id, policy_version, input_verdict_id,"
                        + " output_verdict_id, prompt_digest, answer_digest, finish_reason, application_key_id,"
                        + " created_at, prompt, answer) VALUES (:id, :tenant, :model, :version, :policy,"
                        + " :policyVersion, :input, :output, :promptDigest, :answerDigest, :reason, :key, :created,"
                        + " :prompt, :answer) ON CONFLICT (id) DO UPDATE SET output_verdict_id ="
                        + " excluded.output_verdict_id, answer_digest = excluded.answer_digest, finish_reason ="
                        + " excluded.finish_reason, answer = excluded.answer")
                .param("id", event.answerId())
                .param("tenant", asker.tenant())
                .param("model", event.model())
                .param("version", event.versionId())
                .param("policy", event.policyId())
                .param("policyVersion", event.policyVersion())
                .param("input", event.inputVerdictId())
                .param("output", event.outputVerdictId())
                .param("promptDigest", event.promptDigest())
                .param("answerDigest", event.answerDigest())
                .param("reason", event.finishReason())
                .param("key", asker.keyId())
                .param("created", Timestamp.from(judged.head().created()))
                .param("prompt", prompt)
                .param("answer", answer)
                .update();
    }
}
