package dev.paddock.kit.identity;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.kit.problem.RemoteProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResponseErrorHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decodes another service's problem document into a {@link ProblemException} with its code, status and errors. */
final class RemoteProblems implements ResponseErrorHandler {
    private final JsonMapper json;

    RemoteProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean hasError(ClientHttpResponse response) throws IOException {
        return response.getStatusCode().isError();
    }

    @Override
    public void handleError(java.net.URI url, org.springframework.http.HttpMethod method, ClientHttpResponse response)
            throws IOException {
        int status = response.getStatusCode().value();
        JsonNode body = read(response);
        RemoteProblem code = new RemoteProblem(
                body.path("code").asString("remote-error"),
                body.path("title").asString("Another service refused"),
                category(status),
                status);
        List<Object> errors = new ArrayList<>();
        body.path("errors").forEach(errors::add);
        String detail = body.path("detail").asString(method + " " + url.getPath() + " answered " + status);
        throw new ProblemException(code, detail, errors);
    }

    private JsonNode read(ClientHttpResponse response) throws IOException {
        try {
            return json.readTree(response.getBody().readNBytes(1 << 20));
        } catch (JacksonException e) {
            return json.createObjectNode();
        }
    }

    private static ProblemCategory category(int status) {
        if (status == 507) {
            return ProblemCategory.INSUFFICIENT_RESOURCES;
        }
        if (status == 401 || status == 403 || status == 429 || status == 502 || status == 503 || status == 504) {
            return ProblemCategory.UNAVAILABLE;
        }
        return status < 500 ? ProblemCategory.CALLER : ProblemCategory.INTERNAL;
    }
}
