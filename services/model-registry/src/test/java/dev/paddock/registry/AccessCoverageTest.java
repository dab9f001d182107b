package dev.paddock.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.AccessCoverage;
import dev.paddock.testkit.ServiceTest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ServiceTest
class AccessCoverageTest {
    @Test
    void everyEndpointHasOneLineOfTheAccessTableAndEveryLineItsEndpoint(@Autowired ApplicationContext service) {
        AccessCoverage coverage = new AccessCoverage(service);

        assertThat(coverage.endpointsWithoutTheirLine()).isEmpty();
        assertThat(coverage.linesWithoutEndpoint(Set.of(
                        "*",
                        "bases",
                        "guards",
                        "versions",
                        "lineage",
                        "approvals",
                        "approval-log",
                        "deployments",
                        "compatible-bases")))
                .isEmpty();
    }
}
