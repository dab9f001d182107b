package dev.paddock.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloudEventsTest {
    private static final UUID ID = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private final Event cancelled = new TrainingCancelled(ID, "engineer");

    @Test
    void anEnvelopeSurvivesItsJson() {
        CloudEvent sent =
                CloudEvents.wrap(cancelled, "training-job", "default", ID, Instant.parse("2026-01-01T00:00:00Z"));
        CloudEvent received = CloudEvents.read(CloudEvents.write(sent));

        assertThat(received).isEqualTo(sent);
        assertThat(received.type()).isEqualTo("dev.paddock.TrainingCancelled.v1");
        assertThat(received.subject()).isEqualTo(ID.toString());
        assertThat(CloudEvents.event(received, TrainingCancelled.class)).isEqualTo(cancelled);
    }

    @Test
    void unknownFieldsAreIgnoredSinceSchemasGrow() {
        String json = CloudEvents.write(CloudEvents.wrap(cancelled, "training-job", "default", ID, Instant.EPOCH))
                .replace("\"cancelledBy\"", "\"later\":1,\"cancelledBy\"");
        assertThat(CloudEvents.event(CloudEvents.read(json), TrainingCancelled.class))
                .isEqualTo(cancelled);
    }

    @Test
    void whatIsNoCloudEventIsRefused() {
        for (String text :
                new String[] {"", "{", "null", "[]", "{\"specversion\":\"0.3\"}", "{\"specversion\":\"1.0\"}"}) {
            assertThatThrownBy(() -> CloudEvents.read(text)).isInstanceOf(MalformedEventException.class);
        }
    }

    @Test
    void everyEventTypeIsFoundByItsName() {
        assertThat(EventTypes.all())
                .containsKey("dev.paddock.VersionApproved.v1")
                .hasSizeGreaterThan(15);
        assertThat(EventTypes.find("dev.paddock.Nothing.v1")).isEmpty();
    }
}
