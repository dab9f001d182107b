package dev.paddock.worker.models;

import dev.paddock.contracts.inference.LoadedModel;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The models in memory, loaded when first asked for; those longest unused leave first, deployed ones last. */
@Component
@ConditionalOnRole(WorkerRole.SERVING)
@EnableConfigurationProperties(ServingProperties.class)
public class ModelPool {
    private static final Logger LOG = LoggerFactory.getLogger(ModelPool.class);
    private final ArtifactFolders folders;
    private final BaseLoader loader;
    private final long budget;
    private final Map<String, LoadedBase> bases = new LinkedHashMap<>(16, 0.75f, true);
    private volatile Set<String> deployed = Set.of();
    private volatile boolean closed;

    ModelPool(ArtifactFolders folders, ServingProperties properties, Clock clock) {
        this.folders = folders;
        this.loader = new BaseLoader(properties, folders::folder, clock);
        this.budget = properties.modelMemory().toBytes();
    }

    /**
     * A model to be used and given back; it stays in memory as long.
     *
     * @throws ProblemException where the artifacts are unknown or broken, or memory is short
     */
    public ModelLease lease(String base, @Nullable String adapter) {
        LoadedBase loaded = enter(base);
        ModelLease lease = new ModelLease(loaded, adapter);
        try {
            if (adapter != null) {
                ReadingProblems.explained(adapter, () -> {
                    loaded.use(adapter, folders::folder);
                    return loaded;
                });
            }
            return lease;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** Digests of bases that leave last. */
    public void deployed(Set<String> digests) {
        deployed = Set.copyOf(digests);
    }

    public synchronized List<LoadedModel> loaded() {
        return bases.values().stream().map(LoadedBase::description).toList();
    }

    public synchronized int running() {
        return bases.values().stream()
                .mapToInt(base -> base.generator().running())
                .sum();
    }

    public synchronized int waiting() {
        return bases.values().stream()
                .mapToInt(base -> base.generator().waiting())
                .sum();
    }

    private LoadedBase enter(String digest) {
        LoadedBase present = enterPresent(digest);
        if (present != null) {
            return present;
        }
        synchronized (loader) {
            if (closed) {
                throw new ProblemException(ServingProblem.STOPPING, "this worker is being stopped; ask another one");
            }
            LoadedBase meanwhile = enterPresent(digest);
            return meanwhile == null ? enterLoaded(digest) : meanwhile;
        }
    }

    private synchronized @Nullable LoadedBase enterPresent(String digest) {
        LoadedBase present = bases.get(digest);
        if (present != null) {
            present.entered();
        }
        return present;
    }

    private LoadedBase enterLoaded(String digest) {
        LoadedBase loaded =
                ReadingProblems.explained(digest, () -> loader.load(digest, folders.folder(digest), this::makeRoom));
        LOG.info("loaded base {}: {} MB", digest, loaded.bytes() >> 20);
        loaded.entered();
        synchronized (this) {
            bases.put(digest, loaded);
        }
        return loaded;
    }

    private synchronized void makeRoom(long bytes) {
        List<LoadedBase> leaving = new ArrayList<>();
        bases.values().stream()
                .filter(base -> !deployed.contains(base.digest()))
                .forEach(leaving::add);
        bases.values().stream().filter(base -> deployed.contains(base.digest())).forEach(leaving::add);
        for (LoadedBase base : leaving) {
            if (resident() + bytes > budget && base.idle()) {
                LOG.info("unloading base {}", base.digest());
                bases.remove(base.digest());
                base.close();
            }
        }
        if (resident() + bytes > budget) {
            throw new ProblemException(
                    ServingProblem.MODEL_MEMORY,
                    "the model needs %d bytes and %d of %d are in use; raise paddock.serving.model-memory or try later"
                            .formatted(bytes, resident(), budget));
        }
    }

    private long resident() {
        return bases.values().stream().mapToLong(LoadedBase::bytes).sum();
    }

    /** Waits for what is being loaded and computed. */
    @PreDestroy
    void close() {
        closed = true;
        synchronized (loader) {
            synchronized (this) {
                bases.values().forEach(LoadedBase::close);
                bases.clear();
            }
        }
    }
}
