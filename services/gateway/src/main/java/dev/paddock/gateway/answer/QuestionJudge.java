package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.contracts.registry.ServedModel;
import dev.paddock.gateway.model.DeployedModels;
import dev.paddock.kit.ids.TimeOrderedIds;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Finds a question's model, has its worker check the question, and the guard judge it. */
@Component
class QuestionJudge {
    private final DeployedModels models;
    private final Guard guard;
    private final Worker worker;
    private final TimeOrderedIds ids;
    private final Clock clock;

    QuestionJudge(DeployedModels models, Guard guard, Worker worker, TimeOrderedIds ids, Clock clock) {
        this.models = models;
        this.guard = guard;
        this.worker = worker;
        this.ids = ids;
        this.clock = clock;
    }

    JudgedQuestion judge(Asker asker, Question question) {
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
}
