package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.LoadedModel;
import dev.paddock.contracts.inference.WorkerStatus;
import dev.paddock.worker.WorkerIdentity;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.ModelPool;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this worker does and has in memory. */
@RestController
class WorkerController {
    private final WorkerIdentity identity;
    private final WorkerProperties properties;
    private final @Nullable ModelPool pool;

    WorkerController(WorkerIdentity identity, WorkerProperties properties, ObjectProvider<ModelPool> pool) {
        this.identity = identity;
        this.properties = properties;
        this.pool = pool.getIfAvailable();
    }

    @GetMapping("/internal/v1/worker")
    WorkerStatus status() {
        List<String> roles =
                properties.roles().stream().map(WorkerRole::id).sorted().toList();
        List<LoadedModel> models = pool == null ? List.of() : pool.loaded();
        return new WorkerStatus(
                identity.id(), roles, models, pool == null ? 0 : pool.running(), pool == null ? 0 : pool.waiting());
    }
}
