package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.contracts.registry.ServedModel;
import dev.paddock.gateway.GatewayProperties;
import dev.paddock.gateway.model.DeployedModels;
import dev.paddock.kit.ids.TimeOrderedIds;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;

/** Answers a question: input verdict before anything is generated, output verdict before anything leaves, record before it is told. */
@Service
public class GuardedAnswers {
    private final DeployedModels models;
    private final Guard guard;
    private final Worker worker;
    private final AnswerRecords records;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final GatewayProperties properties;

    GuardedAnswers(
            DeployedModels models,
            Guard guard,
            Worker worker,
            AnswerRecords records,
            TimeOrderedIds ids,
            Clock clock,
            GatewayProperties properties) {
        this.models = models;
        this.guard = guard;
        this.worker = worker;
        this.records = records;
        this.ids = ids;
        this.clock = clock;
        this.properties = properties;
    }

    /** A whole answer. */
    public Answer answer(Asker asker, Question question) {
        JudgedQuestion judged = judge(asker, question);
        if (!judged.safe()) {
            return refuse(asker, judged);
        }
        CompletionResponse response =
                worker.complete(asker.tenant(), question, judged.head().model());
        AnswerTranscript transcript = new AnswerTranscript(judged);
        List<AnswerChoice> choices = new ArrayList<>();
        for (Completion completion : response.completions()) {
            choices.add(release(asker, judged, completion, transcript));
        }
        records.store(asker, judged, transcript);
        return new Answer(judged.head(), choices, response.usage());
    }

    /** A streamed answer, told to the listener; the listener hears nothing before the first window's verdict. */
    public void stream(Asker asker, Question question, AnswerListener listener) throws ListenerGoneException {
        JudgedQuestion judged = judge(asker, question);
        if (!judged.safe()) {
            listener.whole(refuse(asker, judged));
            return;
        }
        try (ChunkStream chunks =
                worker.stream(asker.tenant(), question, judged.head().model())) {
            new GuardedStream(asker, judged, guard, listener, records, properties.windowTokens()).run(chunks);
        }
    }

    private JudgedQuestion judge(Asker asker, Question question) {
        ServedModel model = models.require(asker.tenant(), question.model());
        TokenUsage prompts = worker.check(asker.tenant(), question, model);
        Verdict verdict = null;
        for (int prompt = 0; prompt < question.promptCount(); prompt++) {
            verdict = guard.judgeInput(asker.tenant(), model.policyId(), question.conversation(prompt));
            if (!verdict.safe()) {
                break;
            }
        }
        if (verdict == null) {
            throw new IllegalStateException("a question without a prompt");
        }
        String id = question.kind().idPrefix() + ids.next();
        return new JudgedQuestion(
                question,
                new AnswerHead(id, clock.instant(), model, PolicyStamp.of(verdict)),
                verdict,
                prompts.promptTokens());
    }

    private Answer refuse(Asker asker, JudgedQuestion judged) {
        String refusal = Refusals.input(judged.verdict());
        List<AnswerChoice> choices = IntStream.range(0, judged.question().choices())
                .mapToObj(index -> AnswerChoice.withheld(index, refusal))
                .toList();
        AnswerTranscript transcript = new AnswerTranscript(judged);
        choices.forEach(choice -> transcript.finish(choice.index(), AnswerChoice.CONTENT_FILTER));
        records.store(asker, judged, transcript);
        return new Answer(judged.head(), choices, judged.usage(0));
    }

    private AnswerChoice release(
            Asker asker, JudgedQuestion judged, Completion completion, AnswerTranscript transcript) {
        Question question = judged.question();
        int index = question.choice(completion.prompt(), completion.index());
        String generated = question.judged(completion.prompt(), completion.text(), completion.logprobs());
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
        transcript.said(index, completion.text());
        transcript.finish(index, completion.finishReason());
        return new AnswerChoice(index, completion.text(), null, completion.finishReason(), completion.logprobs());
    }
}
