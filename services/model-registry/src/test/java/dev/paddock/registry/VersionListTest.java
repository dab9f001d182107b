package dev.paddock.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What the list of versions can be asked for. */
@ServiceTest
class VersionListTest {
    private Story story;

    @BeforeEach
    void aTenantOfItsOwn(
            @Autowired TestApi api, @Autowired ArtifactStore store, @Autowired Producer<String, String> producer) {
        story = new Story(api, store, producer);
    }

    @Test
    void aJobsVersionIsFoundByItsJobAndNoOtherIs() throws IOException {
        JsonNode base = story.importedBase("tiny");
        TrainingCompleted earlier = story.completed(base, UUID.randomUUID(), UUID.randomUUID());
        story.tell(earlier);
        JsonNode version = story.candidate(earlier.jobId());
        story.trained(base);

        assertThat(list("?jobId=" + earlier.jobId()).path("items"))
                .singleElement()
                .isEqualTo(version);
        assertThat(list("?jobId=" + UUID.randomUUID()).path("items")).isEmpty();
    }

    @Test
    void aFilterThatTheListDoesNotKnowIsRefusedWithTheNearName() {
        TestApi.Answer answer = story.as("engineer").get("/api/v1/versions?jobid=" + UUID.randomUUID());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asString()).contains("jobid", "did you mean jobId?");
        assertThat(list("?kind=ADAPTER&state=CANDIDATE&limit=1").path("items")).isEmpty();
    }

    private JsonNode list(String query) {
        return story.as("engineer").get("/api/v1/versions" + query).json();
    }
}
