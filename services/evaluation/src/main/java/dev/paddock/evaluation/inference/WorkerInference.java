package dev.paddock.evaluation.inference;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** The serving workers' internal HTTP API. */
@Component
public class WorkerInference {
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);

    private final ServiceClients clients;
    private final URI worker;

    WorkerInference(ServiceClients clients, @Value("${paddock.services.worker}") URI worker) {
        this.clients = clients;
        this.worker = worker;
    }

    /** The API with this service's identity, on behalf of a tenant. */
    public Inference of(String tenant) {
        RestClient client = clients.at(worker.toString(), tenant, LONGEST_CALL);
        return request -> complete(client, request);
    }

    private static CompletionResponse complete(RestClient client, CompletionRequest request) {
        String path = request.messages() == null ? "/internal/v1/completions" : "/internal/v1/chat/completions";
        try {
            CompletionResponse response = client.post()
                    .uri(path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(request)
                    .retrieve()
                    .body(CompletionResponse.class);
            if (response == null) {
                throw new ProblemException(CommonProblem.UNAVAILABLE, "the worker sent an empty answer");
            }
            return response;
        } catch (ResourceAccessException e) {
            throw new ProblemException(CommonProblem.UNAVAILABLE, "no worker answers: " + e.getMessage(), e);
        }
    }
}
