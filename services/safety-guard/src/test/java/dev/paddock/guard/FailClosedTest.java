package dev.paddock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a verdict there is a problem, whatever the reason. */
class FailClosedTest extends GuardStory {
    @ParameterizedTest
    @EnumSource(value = FakeWorker.Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "WORKS")
    void aWorkerThatGivesNoVerdictGivesNone(FakeWorker.Mode how) {
        deployedGuard();
        worker.fail(how);

        TestApi.Answer answer = judge("user", "user:How do I bake bread?");

        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("no-verdict");
        assertThat(items("/api/v1/verdicts")).isEmpty();
        assertThat(items("/api/v1/incidents?kind=NO_VERDICT").path(0).path("detail").asString())
                .isEqualTo("no-verdict");
    }

    @Test
    void aWorkerThatRefusesEvenShortPromptsGivesNoVerdict() {
        deployedGuard();
        worker.refusePromptsLongerThan(10);

        assertThat(code(judge("user", "user:How do I bake bread?"))).isEqualTo("no-verdict");
    }

    @Test
    void withoutAGuardNothingPasses() {
        TestApi.Answer answer = judge("user", "user:How do I bake bread?");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("no-guard-model");

        deployedGuard();
        assertThat(judge("user", "user:How do I bake bread?").status()).isEqualTo(200);
        undeployedGuard();
        assertThat(code(judge("user", "user:How do I bake bread?"))).isEqualTo("no-guard-model");
        assertThat(items("/api/v1/incidents").path(0).path("occurrences").asInt())
                .isBetween(1, 2);
    }

    @Test
    void aVerdictIsReachedAgainOnceTheWorkerIsBack() {
        deployedGuard();
        worker.fail(FakeWorker.Mode.AWAY);
        assertThat(judge("user", "user:bomb").status()).isEqualTo(503);
        worker.reset();

        assertThat(judge("user", "user:bomb").json().path("safe").asBoolean(true))
                .isFalse();
    }
}
