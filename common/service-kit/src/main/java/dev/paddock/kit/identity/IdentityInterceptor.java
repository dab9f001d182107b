package dev.paddock.kit.identity;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Adds the bearer token; a part that does not answer is UNAVAILABLE. */
final class IdentityInterceptor implements ClientHttpRequestInterceptor {
    private final ServiceTokens tokens;

    IdentityInterceptor(ServiceTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution) {
        request.getHeaders().setBearerAuth(tokens.token());
        try {
            return execution.execute(request, body);
        } catch (IOException e) {
            throw new ProblemException(
                    CommonProblem.UNAVAILABLE, request.getURI().getAuthority() + " does not answer", e);
        }
    }
}
