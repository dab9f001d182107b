package dev.paddock.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.worker.models.ServingProperties;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;

/** A rolling update sends no new request to a pod that goes, and lets the longest answer end in it. */
class RollingUpdateTest {
    private static final Path ROOT = Path.of("../k8s/base");

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker-serving"})
    void answersEndBeforeTheirPodGoes(String name) throws IOException {
        Workload workload = workload(name);
        long pause = workload.containers()
                .get(0)
                .getLifecycle()
                .getPreStop()
                .getSleep()
                .getSeconds();
        Duration phase = workload.environment().stream()
                .filter(variable -> variable.getName().equals("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE"))
                .map(variable -> DurationStyle.detectAndParse(variable.getValue()))
                .findFirst()
                .orElseThrow();
        Duration longest = new Binder()
                .bindOrCreate("paddock.serving", ServingProperties.class)
                .requestTimeout();
        assertThat(pause).isBetween(5L, 30L);
        assertThat(phase).isGreaterThanOrEqualTo(longest);
        assertThat(workload.pod().getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThan(pause + phase.toSeconds());
    }

    private static Workload workload(String name) throws IOException {
        return Yaml.loadAll(ROOT.resolve(name + ".yaml").toFile()).stream()
                .flatMap(object -> Workload.of(object).stream())
                .findFirst()
                .orElseThrow();
    }
}
