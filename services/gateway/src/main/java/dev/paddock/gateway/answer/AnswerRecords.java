package dev.paddock.gateway.answer;

import dev.paddock.contracts.event.AnswerGiven;
import dev.paddock.gateway.GatewayProperties;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Every answer's evidence: a row and an {@link AnswerGiven} in one transaction; texts only for tenants that opted in. */
@Component
public class AnswerRecords {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final GatewayProperties properties;

    AnswerRecords(JdbcClient jdbc, Outbox outbox, GatewayProperties properties) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.properties = properties;
    }

    @Transactional
    void store(Asker asker, JudgedQuestion judged, AnswerTranscript transcript) {
        String prompt = promptText(judged.question());
        String answer = JSON.writeValueAsString(transcript.texts());
        AnswerGiven event = event(asker, judged, transcript, digest(prompt), digest(answer));
        boolean kept = properties.textsKeptFor().contains(asker.tenant());
        insert(asker, judged, event, kept ? prompt : null, kept ? answer : null);
        outbox.publish(asker.tenant(), event);
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).value();
    }

    /** What the prompt digest covers: the messages, or the list of prompts, as compact JSON. */
    private static String promptText(Question question) {
        return JSON.writeValueAsString(question.kind() == QuestionKind.CHAT ? question.messages() : question.prompts());
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
                asker.application());
    }

    private void insert(
            Asker asker, JudgedQuestion judged, AnswerGiven event, @Nullable String prompt, @Nullable String answer) {
        jdbc.sql("INSERT INTO answer (id, tenant, model, version_id, policy_id, policy_version, input_verdict_id,"
                        + " output_verdict_id, prompt_digest, answer_digest, finish_reason, application_key_id,"
                        + " created_at, prompt, answer) VALUES (:id, :tenant, :model, :version, :policy,"
                        + " :policyVersion, :input, :output, :promptDigest, :answerDigest, :reason, :key, :created,"
                        + " :prompt, :answer)")
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
