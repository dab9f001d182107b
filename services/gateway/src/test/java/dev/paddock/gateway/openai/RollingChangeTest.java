package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.gateway.model.DeployedModels;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.RegistryPart;
import dev.paddock.gateway.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A name's version changes while callers ask for the name. */
@GatewayTest
class RollingChangeTest {
    private static final int CALLERS = 6;
    private static final int CHANGES = 20;

    @Autowired
    private Callers callers;

    @Autowired
    private DeployedModels models;

    @BeforeEach
    @AfterEach
    void reset() {
        World.reset();
        models.forget("default");
    }

    @Test
    void everyRequestIsAnsweredAndSoonByTheNewVersion() {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Integer>> answered = new ArrayList<>();
        try {
            for (int caller = 0; caller < CALLERS; caller++) {
                boolean streamed = caller % 2 == 0;
                answered.add(CompletableFuture.supplyAsync(() -> ask(streamed, over), threads));
            }
            for (int change = 0; change < CHANGES; change++) {
                String digest = "sha256:%064x".formatted(change);
                World.REGISTRY.serve(List.of(RegistryPart.adapterOf(digest)));
                models.forget("default");
                await().until(() -> answered.stream().anyMatch(CompletableFuture::isDone)
                        || World.WORKER.requests().stream()
                                .anyMatch(
                                        request -> digest.equals(request.model().adapter())));
            }
        } finally {
            over.set(true);
            threads.shutdown();
        }
        assertThat(answered).allSatisfy(caller -> assertThat(caller.join()).isPositive());
    }

    private int ask(boolean streamed, AtomicBoolean over) {
        int answers = 0;
        for (; !over.get(); answers++) {
            Callers.Reply reply = callers.application(
                    "/v1/chat/completions",
                    "{\"model\":\"tickets\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
                            .formatted(streamed));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.response().body()).contains("well").contains(streamed ? "[DONE]" : "finish_reason");
        }
        return answers;
    }
}
