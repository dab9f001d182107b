package dev.paddock.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.AccessCoverage;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class AccessCoverageTest extends EvaluationTest {
    @Test
    void everyEndpointHasOneLineOfTheAccessTableAndEveryLineItsEndpoint(@Autowired ApplicationContext context) {
        AccessCoverage coverage = new AccessCoverage(context);

        assertThat(coverage.endpointsWithoutTheirLine()).isEmpty();
        assertThat(coverage.linesWithoutEndpoint(Set.of("*", "suites", "evaluations")))
                .isEmpty();
    }
}
