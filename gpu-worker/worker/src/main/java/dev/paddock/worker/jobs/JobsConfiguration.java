package dev.paddock.worker.jobs;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.methods.training.TrainingMethod;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The training side, in workers of that role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${paddock.worker.roles:serving,training}'.contains('training')")
class JobsConfiguration {
    @Bean
    LeaseClient leaseClient(ServiceClients clients) {
        return new LeaseClient(clients);
    }

    @Bean
    JobRunner jobRunner(
            LeaseClient leases,
            ArtifactStore artifacts,
            Catalogue<TrainingMethod<?>> methods,
            @Value("${paddock.worker.folder}") Path folder,
            @Value("${paddock.worker.code-version:0.1.0}") String codeVersion) {
        return new JobRunner(leases, artifacts, methods, folder.resolve("jobs"), codeVersion);
    }

    @Bean
    JobLoop jobLoop(
            LeaseClient leases,
            JobRunner runner,
            Catalogue<TrainingMethod<?>> methods,
            KafkaProperties kafka,
            @Value("${paddock.worker.id}") String workerId) {
        return new JobLoop(leases, runner, new WakeUpCalls(kafka.buildConsumerProperties()), workerId, List.copyOf(methods.ids()));
    }
}
