package dev.paddock.worker.jobs;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.training.TrainingCatalogue;
import dev.paddock.worker.CodeVersion;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerIdentity;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The training side, in workers of that role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(WorkerRole.TRAINING)
class JobsConfiguration {
    @Bean
    TrainingCatalogue trainingMethods() {
        return TrainingCatalogue.load();
    }

    @Bean
    LeaseClient leaseClient(ServiceClients clients) {
        return new LeaseClient(clients);
    }

    @Bean
    JobRunner jobRunner(
            LeaseClient leases,
            ArtifactStore artifacts,
            TrainingCatalogue trainingMethods,
            WorkerProperties properties) {
        return new JobRunner(
                leases, artifacts, trainingMethods, properties.cache().resolve("jobs"), CodeVersion.ofThisBuild());
    }

    @Bean
    JobLoop jobLoop(
            LeaseClient leases,
            JobRunner runner,
            TrainingCatalogue trainingMethods,
            KafkaProperties kafka,
            WorkerIdentity identity) {
        WakeUpCalls calls = new WakeUpCalls(kafka.buildConsumerProperties());
        Set<String> methods = new TreeSet<>(trainingMethods.methods().ids());
        methods.addAll(Catalogue.load(MergingMethod.class).ids());
        return new JobLoop(leases, runner, calls, identity.id(), List.copyOf(methods));
    }

    /** Down once nobody asks for jobs any more. */
    @Bean
    HealthIndicator jobsHealthIndicator(JobLoop loop) {
        return () -> (loop.isRunning() ? Health.up() : Health.down()).build();
    }
}
