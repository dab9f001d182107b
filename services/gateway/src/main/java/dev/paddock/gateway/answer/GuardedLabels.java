package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.Classification;
import dev.paddock.contracts.inference.ClassificationResponse;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.kit.connection.CallerConnection;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Labels for texts: an input verdict before anything is computed, a record before it is told. Labels are a closed set that training
 * chose, so there is no output verdict.
 */
@Service
public class GuardedLabels {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final QuestionJudge judge;
    private final Worker worker;
    private final AnswerRecords records;
    private final AnswerTelemetry telemetry;

    GuardedLabels(QuestionJudge judge, Worker worker, AnswerRecords records, AnswerTelemetry telemetry) {
        this.judge = judge;
        this.worker = worker;
        this.records = records;
        this.telemetry = telemetry;
    }

    /** What is known of the answer, and what the classifier says. */
    public record Labels(AnswerHead head, ClassificationResponse response) {}

    /**
     * Labels of a question's texts.
     *
     * @throws OpenAiException with code {@code content_filter} where a text breaks the policy: none gets a label
     * @throws dev.paddock.kit.connection.CallerGoneException where the caller does not wait for them, which ends the worker's work
     */
    public Labels answer(Asker asker, Question question, CallerConnection caller) {
        return telemetry.within(asker, question, span -> answer(asker, question, caller, span));
    }

    private Labels answer(Asker asker, Question question, CallerConnection caller, AnswerSpan span) {
        JudgedQuestion judged = judge.judge(asker, question);
        span.judged(judged);
        AnswerTranscript transcript = new AnswerTranscript(judged);
        if (!judged.safe()) {
            for (int i = 0; i < question.choices(); i++) {
                transcript.finish(i, AnswerChoice.CONTENT_FILTER);
            }
            records.store(asker, judged, transcript);
            span.used(judged.usage(0), transcript.finishReasons());
            throw OpenAiException.invalid("content_filter", "input", Refusals.input(judged.verdict()));
        }
        ClassificationResponse response =
                worker.classify(asker.tenant(), question, judged.head().model(), caller);
        for (int i = 0; i < response.classifications().size(); i++) {
            Classification said = response.classifications().get(i);
            transcript.said(
                    i, said.spans() == null ? String.valueOf(said.label()) : JSON.writeValueAsString(said.spans()));
            transcript.finish(i, "stop");
        }
        records.store(asker, judged, transcript);
        span.used(response.usage(), transcript.finishReasons());
        return new Labels(judged.head(), response);
    }
}
