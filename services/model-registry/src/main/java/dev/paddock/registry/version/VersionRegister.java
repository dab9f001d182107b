package dev.paddock.registry.version;

import dev.paddock.contracts.event.BaseImported;
import dev.paddock.contracts.event.RegistryEvent;
import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.outbox.Outbox;
import dev.paddock.registry.lineage.Lineage;
import dev.paddock.registry.lineage.NodeKind;
import dev.paddock.registry.lineage.NodeReference;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Puts versions on record, in the graph, and tells of them. */
@Service
public class VersionRegister {
    private final Versions versions;
    private final Lineage lineage;
    private final Outbox outbox;
    private final TimeOrderedIds ids;
    private final Clock clock;

    public VersionRegister(Versions versions, Lineage lineage, Outbox outbox, TimeOrderedIds ids, Clock clock) {
        this.versions = versions;
        this.lineage = lineage;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public ModelVersion register(String tenant, NewVersion created) {
        ModelVersion version = versions.save(new ModelVersion(created, ids.next(), tenant, clock.instant()));
        draw(version);
        outbox.publish(tenant, told(version));
        return version;
    }

    private void draw(ModelVersion version) {
        Origin origin = version.origin();
        NodeReference node = NodeReference.of(NodeKind.VERSION, version.id());
        lineage.node(version.tenant(), node, facts(version));
        source(version, node, NodeKind.VERSION, origin.baseVersionId());
        source(version, node, NodeKind.JOB, origin.jobId());
    }

    private void source(ModelVersion version, NodeReference node, NodeKind kind, @Nullable UUID id) {
        if (id != null) {
            lineage.edge(version.tenant(), NodeReference.of(kind, id), node);
        }
    }

    private static Map<String, Object> facts(ModelVersion version) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", version.kind());
        facts.put("name", version.name());
        facts.put("digest", version.digest());
        facts.put("createdBy", version.createdBy());
        facts.put("createdAt", version.createdAt().toString());
        facts.put("baseDigest", version.origin().baseDigest());
        facts.put("source", version.origin().source());
        facts.put("licence", version.origin().licence());
        facts.values().removeIf(Objects::isNull);
        return facts;
    }

    private static RegistryEvent told(ModelVersion version) {
        Origin origin = version.origin();
        if (version.kind() == VersionKind.BASE) {
            return new BaseImported(
                    version.id(),
                    version.name(),
                    version.digest(),
                    Objects.requireNonNull(origin.format()),
                    Objects.requireNonNull(origin.source()),
                    origin.licence(),
                    version.createdBy());
        }
        return new VersionRegistered(
                version.id(),
                version.kind().name(),
                version.name(),
                version.digest(),
                Objects.requireNonNull(origin.baseVersionId()),
                Objects.requireNonNull(origin.baseDigest()),
                origin.jobId(),
                origin.datasetVersionId(),
                origin.datasetDigest());
    }
}
