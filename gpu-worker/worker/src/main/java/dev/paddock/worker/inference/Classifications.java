package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.classification.ClassifierPrompts;
import dev.paddock.llama.classification.LabelKind;
import dev.paddock.llama.classification.MessageTokens;
import dev.paddock.llama.template.ChatTemplateException;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.ModelLease;
import dev.paddock.worker.models.ServingProblem;
import dev.paddock.worker.models.ServingProperties;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Encodes a request's inputs; whatever is wrong with one shows before any is computed. */
@Component
@ConditionalOnRole(WorkerRole.SERVING)
class Classifications {
    private final Prompts prompts;
    private final ServingProperties properties;
    private final Clock clock;

    Classifications(Prompts prompts, ServingProperties properties, Clock clock) {
        this.prompts = prompts;
        this.properties = properties;
        this.clock = clock;
    }

    ClassificationRun run(ModelLease lease, ClassificationHead head, List<List<ChatMessage>> inputs) {
        ClassifierPrompts reader = prompts.classifier(lease.base());
        List<MessageTokens> documents = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            documents.add(encoded(reader, head.scheme().kind(), inputs.get(i), i));
            checkLength(documents.get(i), i, lease.base().documentLength());
        }
        return new ClassificationRun(lease, head, documents, new DocumentPasses(properties, clock));
    }

    private MessageTokens encoded(ClassifierPrompts reader, LabelKind kind, List<ChatMessage> messages, int at) {
        try {
            return kind == LabelKind.TOKEN
                    ? reader.tokens(prompts.turns(messages))
                    : new MessageTokens(reader.sequence(prompts.turns(messages)), List.of());
        } catch (ChatTemplateException | IllegalArgumentException e) {
            throw new ProblemException(ServingProblem.CHAT_TEMPLATE, "input " + at + ": " + e.getMessage(), e);
        }
    }

    private static void checkLength(MessageTokens document, int at, int most) {
        int length = document.ids().length;
        if (length < 1 || length > most) {
            throw new ProblemException(
                    ServingProblem.CONTEXT_LENGTH_EXCEEDED,
                    "input %d has %d tokens and may have 1 to %d; shorten it".formatted(at, length, most));
        }
    }
}
