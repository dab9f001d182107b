package dev.paddock.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.embedded.Ports;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.DataProblems;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/** Retries while the database is away: nothing listens at its address. */
class RetryPolicyTest {
    private final RetryPolicy retries = new RetryPolicy(Duration.ofHours(1), Duration.ofSeconds(10));
    private final DriverManagerDataSource away =
            new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + Ports.free() + "/paddock");

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() {
        RuntimeException statement = catchThrowableOfType(
                RuntimeException.class,
                () -> JdbcClient.create(away).sql("SELECT 1").query().listOfRows());
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(away));
        RuntimeException beginning =
                catchThrowableOfType(RuntimeException.class, () -> transaction.executeWithoutResult(status -> {}));
        for (RuntimeException failure : new RuntimeException[] {statement, beginning}) {
            assertThat(patience(failure)).as(failure.toString()).isEqualTo(Duration.ofHours(1));
            assertThat(DataProblems.of(failure).code()).isEqualTo(CommonProblem.UNAVAILABLE.code());
        }
        assertThat(patience(new IllegalStateException())).isEqualTo(Duration.ofSeconds(10));
    }

    private Duration patience(Exception failure) {
        BackOff growing = retries.after(failure);
        return Duration.ofMillis(((ExponentialBackOff) growing).getMaxElapsedTime());
    }
}
