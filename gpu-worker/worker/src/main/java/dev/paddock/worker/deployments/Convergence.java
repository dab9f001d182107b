package dev.paddock.worker.deployments;

import dev.paddock.contracts.registry.ServedModel;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.ArtifactFolders;
import dev.paddock.worker.models.ModelPool;
import dev.paddock.worker.models.ServingProperties;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Brings into memory what is deployed, at start, on every change and from time to time, so a worker without its broker learns of
 * changes too, only later. While the registry or the artifact store is away, what is in memory goes on serving.
 */
@Component
@ConditionalOnRole(WorkerRole.SERVING)
public class Convergence {
    private static final Logger LOG = LoggerFactory.getLogger(Convergence.class);
    private static final ParameterizedTypeReference<List<ServedModel>> MODELS = new ParameterizedTypeReference<>() {};
    private static final String GUARD = "GUARD";
    private final ServiceClients clients;
    private final ModelPool pool;
    private final ArtifactFolders folders;
    private final ServingProperties properties;
    private final String tenant;

    Convergence(
            ServiceClients clients,
            ModelPool pool,
            ArtifactFolders folders,
            ServingProperties properties,
            @Value("${paddock.worker.tenant:default}") String tenant) {
        this.clients = clients;
        this.pool = pool;
        this.folders = folders;
        this.properties = properties;
        this.tenant = tenant;
    }

    @Scheduled(fixedDelayString = "${paddock.serving.converge-every:60s}")
    public synchronized void converge() {
        List<ServedModel> models;
        try {
            models = Objects.requireNonNull(clients.to("model-registry", tenant)
                    .get()
                    .uri("/internal/v1/deployments?allTenants=true")
                    .retrieve()
                    .body(MODELS));
        } catch (RuntimeException e) {
            LOG.warn("deployments are unknown, what is loaded goes on serving: {}", e.getMessage());
            return;
        }
        pool.deployed(models.stream().map(ServedModel::baseDigest).collect(Collectors.toSet()));
        pool.pinned(models.stream()
                .filter(this::pinned)
                .flatMap(model -> Stream.ofNullable(model.adapterDigest()))
                .collect(Collectors.toSet()));
        models.stream()
                .sorted(Comparator.comparing((ServedModel model) -> !pinned(model)))
                .forEach(this::preload);
        folders.checkStore(models.stream().map(ServedModel::digest).collect(Collectors.toSet()));
    }

    /** Guards stay in memory, as no answer leaves without their verdict. */
    private boolean pinned(ServedModel model) {
        return model.kind().equals(GUARD)
                || properties.pinned().contains(model.model())
                || properties.pinned().contains(model.tenant() + "/" + model.model());
    }

    private void preload(ServedModel model) {
        try {
            pool.preload(model.baseDigest(), model.adapterDigest());
        } catch (RuntimeException e) {
            LOG.warn("model {} is deployed and cannot be loaded: {}", model.model(), e.getMessage());
        }
    }
}
