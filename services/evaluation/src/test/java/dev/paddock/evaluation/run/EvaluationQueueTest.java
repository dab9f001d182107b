package dev.paddock.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.kit.identity.IdentityProperties;
import dev.paddock.kit.identity.ServiceAddresses;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.kit.identity.ServiceTokens;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationQueueTest {
    @Test
    @SuppressWarnings("NullAway") // nothing is claimed, so nothing else is asked
    void theQueueSurvivesAnError() {
        AtomicInteger claims = new AtomicInteger();
        EvaluationService failingOnce = new EvaluationService(null, null, null, null, null, null) {
            @Override
            public Optional<Evaluation> claim() {
                if (claims.incrementAndGet() == 1) {
                    throw new StackOverflowError();
                }
                return Optional.empty();
            }
        };
        EvaluationQueue queue = new EvaluationQueue(failingOnce, new EvaluationRunner(null, null, null, null, null));
        queue.start();
        try {
            await().atMost(Duration.ofSeconds(15)).until(() -> claims.get() > 1);
        } finally {
            queue.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "queue-full,429,true",
        "model-memory,503,true",
        "request-timeout,503,true",
        "stopping,503,true",
        "insufficient-storage,507,true",
        "internal-error,500,false",
        "unknown-model,404,false"
    })
    void aBusyWorkerIsAwayAndABrokenOneIsNot(String code, int status, boolean away) throws IOException {
        HttpServer worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/", exchange -> {
            byte[] body = "{\"code\":\"%s\"}".formatted(code).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        worker.start();
        try {
            ServiceTokens tokens = new ServiceTokens(new IdentityProperties("http://issuer", null, null, null, null)) {
                @Override
                public synchronized String token() {
                    return "token";
                }
            };
            URI address = URI.create("http://127.0.0.1:" + worker.getAddress().getPort());
            ServiceClients clients =
                    new ServiceClients(new ServiceAddresses(Map.of("worker", address)), tokens, "evaluation");
            assertThatThrownBy(() ->
                            clients.to("worker", "default").get().retrieve().toBodilessEntity())
                    .isInstanceOfSatisfying(
                            ProblemException.class, refusal -> assertThat(EvaluationQueue.isAway(refusal))
                                    .isEqualTo(away));
        } finally {
            worker.stop(0);
        }
    }
}
