package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.ToolCall;
import dev.paddock.gateway.GatewayProperties;
import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.kit.connection.CallerGoneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;

/** Answers a question: input verdict before anything is generated, output verdict before anything leaves, record before it is told. */
@Service
public class GuardedAnswers {
    private final QuestionJudge judge;
    private final Guard guard;
    private final Worker worker;
    private final AnswerRecords records;
    private final AnswerTelemetry telemetry;
    private final GatewayProperties properties;

    GuardedAnswers(
            QuestionJudge judge,
            Guard guard,
            Worker worker,
            AnswerRecords records,
            AnswerTelemetry telemetry,
            GatewayProperties properties) {
        this.judge = judge;
        this.guard = guard;
        this.worker = worker;
        this.records = records;
        this.telemetry = telemetry;
        this.properties = properties;
    }

    /**
     * A whole answer.
     *
     * @throws CallerGoneException where the caller does not wait for it, which ends the worker's work
     */
    public Answer answer(Asker asker, Question question, CallerConnection caller) {
        return telemetry.within(asker, question, span -> answer(asker, question, caller, span));
    }

    private Answer answer(Asker asker, Question question, CallerConnection caller, AnswerSpan span) {
        JudgedQuestion judged = judge.judge(asker, question);
        span.judged(judged);
        if (!judged.safe()) {
            return refuse(asker, judged, span);
        }
        CompletionResponse response =
                worker.complete(asker.tenant(), question, judged.head().model(), caller);
        AnswerTranscript transcript = new AnswerTranscript(judged);
        List<AnswerChoice> choices = new ArrayList<>();
        for (Completion completion : response.completions()) {
            caller.require();
            choices.add(release(asker, judged, completion, transcript));
        }
        records.store(asker, judged, transcript);
        span.used(response.usage(), transcript.finishReasons());
        return new Answer(judged.head(), choices, response.usage());
    }

    /**
     * A streamed answer, told to the listener; the listener hears nothing before the first window's verdict.
     *
     * @throws CallerGoneException where the caller does not wait for the rest, which ends the worker's work
     */
    public void stream(Asker asker, Question question, CallerConnection caller, AnswerListener listener) {
        telemetry.within(asker, question, span -> stream(asker, question, caller, listener, span));
    }

    /** Answers whether the model was asked. */
    private boolean stream(
            Asker asker, Question question, CallerConnection caller, AnswerListener listener, AnswerSpan span) {
        JudgedQuestion judged = judge.judge(asker, question);
        span.judged(judged);
        if (!judged.safe()) {
            listener.whole(refuse(asker, judged, span));
            return false;
        }
        try (ChunkStream chunks =
                worker.stream(asker.tenant(), question, judged.head().model(), caller)) {
            GuardedStream stream =
                    new GuardedStream(asker, judged, guard, listener, records, properties.windowTokens());
            try {
                stream.run(chunks);
            } finally {
                span.used(stream.usage(), stream.finishReasons());
            }
        }
        return true;
    }

    private Answer refuse(Asker asker, JudgedQuestion judged, AnswerSpan span) {
        String refusal = Refusals.input(judged.verdict());
        List<AnswerChoice> choices = IntStream.range(0, judged.question().choices())
                .mapToObj(index -> AnswerChoice.withheld(index, refusal))
                .toList();
        AnswerTranscript transcript = new AnswerTranscript(judged);
        choices.forEach(choice -> transcript.finish(choice.index(), AnswerChoice.CONTENT_FILTER));
        records.store(asker, judged, transcript);
        span.used(judged.usage(0), transcript.finishReasons());
        return new Answer(judged.head(), choices, judged.usage(0));
    }

    private AnswerChoice release(
            Asker asker, JudgedQuestion judged, Completion completion, AnswerTranscript transcript) {
        Question question = judged.question();
        int index = question.choice(completion.prompt(), completion.index());
        List<ToolCall> calls = completion.toolCalls() == null ? List.of() : completion.toolCalls();
        String generated = question.judged(completion.prompt(), completion.text(), completion.logprobs(), calls);
        if (!generated.isEmpty()) {
            Verdict verdict = guard.judgeOutput(
                    asker.tenant(),
                    judged.head().policy().policyId(),
                    question.conversation(completion.prompt()),
                    generated);
            transcript.judged(verdict);
            if (!verdict.safe()) {
                transcript.finish(index, AnswerChoice.CONTENT_FILTER);
                return AnswerChoice.withheld(index, Refusals.output(verdict));
            }
        }
        transcript.said(index, completion.text() + ToolTexts.kept(calls));
        transcript.finish(index, completion.finishReason());
        return new AnswerChoice(
                index,
                completion.text(),
                null,
                completion.finishReason(),
                completion.logprobs(),
                calls,
                Objects.requireNonNullElse(completion.adapters(), List.of()));
    }
}
