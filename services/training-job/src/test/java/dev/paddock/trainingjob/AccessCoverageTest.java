package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.AccessCoverage;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class AccessCoverageTest extends TrainingJobTest {
    @Test
    void everyEndpointHasOneLineOfTheAccessTableAndEveryLineItsEndpoint(@Autowired ApplicationContext service) {
        AccessCoverage coverage = new AccessCoverage(service);

        assertThat(coverage.endpointsWithoutTheirLine()).isEmpty();
        assertThat(coverage.linesWithoutEndpoint(Set.of("*", "methods", "sweeps", "training-jobs", "triggers")))
                .isEmpty();
    }
}
