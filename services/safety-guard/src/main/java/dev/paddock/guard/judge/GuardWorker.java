package dev.paddock.guard.judge;

import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.guard.GuardProblem;
import dev.paddock.guard.GuardSettings;
import dev.paddock.kit.identity.ServiceAddresses;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.kit.problem.ProblemException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Asks the worker for completions of raw guard prompts; whatever goes wrong is no verdict. */
@Component
class GuardWorker {
    private static final String SERVICE = "worker";
    private static final Set<Integer> PROMPT_REFUSED = Set.of(400, 413, 422);

    /** Generations wait for the verdict on their text, so a verdict waits for no generation. */
    private static final int PRIORITY = 1;

    /** Control tokens in a judged text are text. */
    private static final boolean PLAIN = true;

    private final ServiceClients clients;
    private final ServiceAddresses addresses;
    private final GuardSettings settings;
    private final Clock clock;

    GuardWorker(ServiceClients clients, ServiceAddresses addresses, GuardSettings settings, Clock clock) {
        this.clients = clients;
        this.addresses = addresses;
        this.settings = settings;
        this.clock = clock;
    }

    /** One greedy completion for each prompt, in order; the first token's alternatives where asked for. */
    List<Completion> complete(
            Case asked,
            List<String> prompts,
            SamplingParameters sampling,
            @Nullable Integer logprobs,
            Instant deadline) {
        Duration patience = Duration.between(clock.instant(), deadline);
        if (patience.isNegative() || patience.isZero()) {
            throw new ProblemException(
                    GuardProblem.NO_VERDICT,
                    "the conversation takes longer to judge than " + settings.workerTimeout() + ": try again");
        }
        CompletionRequest request = new CompletionRequest(
                asked.guard().reference(),
                prompts,
                null,
                null,
                sampling,
                logprobs,
                false,
                false,
                PRIORITY,
                null,
                PLAIN,
                null);
        return ask(asked.policy().tenant(), request, patience);
    }

    private List<Completion> ask(String tenant, CompletionRequest request, Duration patience) {
        List<Completion> completions = post(tenant, request, patience).completions().stream()
                .sorted(Comparator.comparingInt(Completion::prompt))
                .toList();
        int prompts = request.prompts() == null ? 0 : request.prompts().size();
        for (int i = 0; i < prompts; i++) {
            if (completions.size() != prompts || completions.get(i).prompt() != i) {
                throw new ProblemException(
                        GuardProblem.NO_VERDICT,
                        "the worker sent " + completions.size() + " completions of " + prompts + " prompts");
            }
        }
        return completions;
    }

    private CompletionResponse post(String tenant, CompletionRequest request, Duration patience) {
        try {
            CompletionResponse response = clients.at(address(), tenant, patience)
                    .post()
                    .uri("/internal/v1/completions")
                    .body(request)
                    .retrieve()
                    .body(CompletionResponse.class);
            if (response != null && response.completions() != null) {
                return response;
            }
            throw new ProblemException(GuardProblem.NO_VERDICT, "the worker's answer is empty");
        } catch (ProblemException e) {
            if (PROMPT_REFUSED.contains(e.code().status())) {
                throw new PromptRefusedException(String.valueOf(e.getMessage()), e);
            }
            throw new ProblemException(GuardProblem.NO_VERDICT, "the worker gave no answer: " + e.getMessage(), e);
        } catch (RestClientException e) {
            throw new ProblemException(GuardProblem.NO_VERDICT, "the worker gave no answer: " + e.getMessage(), e);
        }
    }

    private String address() {
        URI address = addresses.services().get(SERVICE);
        if (address == null) {
            throw new ProblemException(GuardProblem.NO_VERDICT, "paddock.services.worker is not set");
        }
        return address.toString();
    }
}
