package dev.paddock.evaluation.inference;

import dev.paddock.contracts.inference.ClassificationRequest;
import dev.paddock.contracts.inference.ClassificationResponse;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.RenderRequest;
import dev.paddock.contracts.inference.RenderResponse;
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
        return new Calls(clients.at(worker.toString(), tenant, LONGEST_CALL));
    }

    private record Calls(RestClient client) implements Inference {
        @Override
        public CompletionResponse complete(CompletionRequest request) {
            String path = request.messages() == null ? "/internal/v1/completions" : "/internal/v1/chat/completions";
            return post(path, request, CompletionResponse.class);
        }

        @Override
        public ClassificationResponse classify(ClassificationRequest request) {
            return post("/internal/v1/classifications", request, ClassificationResponse.class);
        }

        @Override
        public RenderResponse render(RenderRequest request) {
            return post("/internal/v1/render", request, RenderResponse.class);
        }

        private <T> T post(String path, Object request, Class<T> type) {
            try {
                T response = client.post()
                        .uri(path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(request)
                        .retrieve()
                        .body(type);
                if (response == null) {
                    throw new ProblemException(CommonProblem.UNAVAILABLE, "the worker sent an empty answer");
                }
                return response;
            } catch (ResourceAccessException e) {
                throw new ProblemException(CommonProblem.UNAVAILABLE, "no worker answers: " + e.getMessage(), e);
            }
        }
    }
}
