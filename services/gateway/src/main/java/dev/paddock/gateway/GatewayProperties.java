package dev.paddock.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code paddock.gateway.*}.
 *
 * @param windowTokens streamed tokens leave in windows of this many, each after its verdict
 * @param verdictTimeout how long a verdict may take
 * @param answerTimeout how long the worker may take until its first byte
 * @param idleTimeout how long the worker's stream may bring nothing, not even its heartbeat
 * @param interruptedAfter age at which an answer that is still open counts as interrupted; longer than any may take
 * @param proxyTimeout how long a service may take until the first byte of a proxied answer, and from one byte to the next
 * @param deploymentsMaxAge how long the known deployments hold without a new answer of model-registry
 * @param concurrentAnswers answers in work at once; one more is a 429
 * @param bodiesInFlight bytes of requests in work at once, at least one of the largest; one that finds no room is a 429
 * @param keyShare what part of concurrentAnswers and bodiesInFlight one key holds at most
 * @param concurrentProxied admin requests in work at once; one more is a 503
 * @param textsKeptFor tenants whose prompts and answers are kept as text, not only as digests
 * @param routes the first path segments under {@code /api/v1} that each service owns
 */
@ConfigurationProperties("paddock.gateway")
public record GatewayProperties(
        @DefaultValue("32") int windowTokens,
        @DefaultValue("30s") Duration verdictTimeout,
        @DefaultValue("10m") Duration answerTimeout,
        @DefaultValue("30s") Duration idleTimeout,
        @DefaultValue("2h") Duration interruptedAfter,
        @DefaultValue("10m") Duration proxyTimeout,
        @DefaultValue("60s") Duration deploymentsMaxAge,
        @DefaultValue("256") int concurrentAnswers,
        @DefaultValue("32MB") DataSize bodiesInFlight,
        @DefaultValue("0.5") double keyShare,
        @DefaultValue("256") int concurrentProxied,
        @DefaultValue Set<String> textsKeptFor,
        @DefaultValue Map<String, List<String>> routes) {

    public GatewayProperties {
        requirePositive("window-tokens", windowTokens);
        requirePositive("concurrent-answers", concurrentAnswers);
        requirePositive("concurrent-proxied", concurrentProxied);
        if (bodiesInFlight.toMegabytes() < 8 || bodiesInFlight.toMegabytes() > 2_000) {
            throw new IllegalArgumentException(
                    "paddock.gateway.bodies-in-flight is " + bodiesInFlight + "; it must be 8MB to 2000MB");
        }
        if (interruptedAfter.compareTo(answerTimeout) <= 0) {
            throw new IllegalArgumentException("paddock.gateway.interrupted-after is " + interruptedAfter
                    + "; it must be longer than answer-timeout, " + answerTimeout);
        }
        if (!(keyShare > 0 && keyShare <= 1)) {
            throw new IllegalArgumentException(
                    "paddock.gateway.key-share is " + keyShare + "; it must be above 0 and at most 1");
        }
        textsKeptFor = Set.copyOf(textsKeptFor);
        routes = Map.copyOf(routes);
    }

    /** One key's share of so many. */
    public int share(int total) {
        return Math.max(1, (int) (total * keyShare));
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("paddock.gateway." + name + " is " + value + "; it must be 1 or more");
        }
    }
}
