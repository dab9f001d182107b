package dev.paddock.kit.inbox;

import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Dead letters can be looked at and, once their cause is gone, replayed; a replay takes effect at most once. */
@RestController
@RequestMapping("/api/v1/${paddock.service}/dead-letters")
public class DeadLetterController {
    private final DeadLetters letters;
    private final EventProcessor processor;

    DeadLetterController(DeadLetters letters, EventProcessor processor) {
        this.letters = letters;
        this.processor = processor;
    }

    @GetMapping
    Page<DeadLetter> list(Caller caller, PageQuery query) {
        return Page.of(letters.list(caller.tenant(), query), query, DeadLetter::id);
    }

    @GetMapping("/{id}")
    DeadLetter get(Caller caller, @PathVariable UUID id) {
        return letters.find(caller.tenant(), id).orElseThrow(() -> ProblemException.notFound("dead letter", id));
    }

    @PostMapping("/{id}/replay")
    DeadLetter replay(Caller caller, @PathVariable UUID id) {
        DeadLetter letter = get(caller, id);
        try {
            processor.process(letter.payload());
        } catch (RuntimeException e) {
            letters.markFailed(caller.tenant(), id, e);
            throw new ProblemException(
                    CommonProblem.CONFLICT, "the message still cannot take effect: " + DeadLetters.describe(e), e);
        }
        letters.markReplayed(caller.tenant(), id);
        return get(caller, id);
    }
}
