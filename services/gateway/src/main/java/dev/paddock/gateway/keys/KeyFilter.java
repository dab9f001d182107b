package dev.paddock.gateway.keys;

import dev.paddock.gateway.error.OpenAiErrorWriter;
import dev.paddock.gateway.error.OpenAiException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * {@code Authorization: Bearer pk-…} on {@code /v1}; without a good key nothing behind it is reached. Every answer, also a refusal,
 * has an {@code x-request-id}.
 */
final class KeyFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFilter.class);
    private static final String BEARER = "Bearer ";
    private static final int LONGEST = 200;

    private final KeyService keys;

    KeyFilter(KeyService keys) {
        this.keys = keys;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("x-request-id", "req_" + UUID.randomUUID());
        SecurityContext context;
        try {
            context = new SecurityContextImpl(authenticate(request.getHeader("Authorization")));
        } catch (OpenAiException e) {
            OpenAiErrorWriter.write(response, e);
            return;
        }
        try {
            SecurityContextHolder.setContext(context);
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private AskerToken authenticate(String header) {
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw OpenAiException.invalidKey(
                    "You didn't provide an API key. Send it in the header 'Authorization: Bearer pk-…'.");
        }
        String value = header.substring(BEARER.length()).trim();
        if (!value.startsWith(KeyValue.PREFIX) || value.length() > LONGEST) {
            throw wrong();
        }
        try {
            return new AskerToken(keys.recognise(value).orElseThrow(KeyFilter::wrong));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("keys cannot be read", e);
            throw OpenAiException.unavailable("keys_unavailable", "Keys cannot be checked now; try again.");
        }
    }

    private static OpenAiException wrong() {
        return OpenAiException.invalidKey(
                "Incorrect API key provided: it is unknown, expired or revoked. A platform engineer makes keys with"
                        + " POST /api/v1/keys or './paddock key create NAME'.");
    }
}
