package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

/** The settings of the service. */
class TrainingJobPropertiesTest {
    /** Only the settings. */
    @EnableConfigurationProperties(TrainingJobProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(TrainingJobProperties.class))
                .isEqualTo(new TrainingJobProperties(
                        Duration.ofSeconds(30),
                        3,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(3))));
    }

    @Test
    void everySettingIsMapped() {
        runner.withPropertyValues(
                        "paddock.training-job.lease-duration=1m",
                        "paddock.training-job.max-attempts=5",
                        "paddock.training-job.retry-delay=2s",
                        "paddock.training-job.sweep-interval=1s",
                        "paddock.training-job.stream-interval=100ms",
                        "paddock.training-job.progress-event-interval=20s",
                        "paddock.training-job.arrival-patience=1s")
                .run(context -> assertThat(context.getBean(TrainingJobProperties.class))
                        .isEqualTo(new TrainingJobProperties(
                                Duration.ofMinutes(1),
                                5,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(1),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lease-duration=0s", "max-attempts=0", "sweep-interval=1d", "arrival-patience=1h", "unknown=1"})
    void whatMakesNoSenseIsRefused(String setting) {
        runner.withPropertyValues("paddock.training-job." + setting)
                .run(context -> assertThat(context).hasFailed());
    }
}
