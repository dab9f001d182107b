package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who asks the same again and again while others make mistakes. */
final class Neighbour {
    private static final int TOKENS = 150;
    private final WorkerStory story;
    private final String body;
    private final List<String> alone;
    private final List<List<String>> beside = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> asking;
    private volatile boolean leaving;

    /** Asks once alone, and from then on; a request of its is there when this returns. */
    Neighbour(WorkerStory story, String base) throws Exception {
        this.story = story;
        this.body = WorkerStory.request(base, null, "\"prompts\":[\"Once upon a time\"]", TOKENS, ",\"stream\":true")
                .replace("\"temperature\":0", "\"temperature\":0,\"logitBias\":{\"0\":-100,\"2\":-100}");
        this.alone = story.lines(body);
        this.asking = CompletableFuture.runAsync(this::ask);
        WorkerStory.await(() -> story.busy() > 0);
    }

    private void ask() {
        try {
            while (!leaving) {
                beside.add(story.lines(body));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks no more; every answer was the one that it is alone. */
    void leave() {
        leaving = true;
        asking.join();
        assertThat(alone).hasSizeGreaterThan(TOKENS / 2);
        assertThat(beside).isNotEmpty().allSatisfy(answer -> assertThat(answer).isEqualTo(alone));
    }
}
