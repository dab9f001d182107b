package dev.paddock.registry.compatible;

import static dev.paddock.registry.RegistryProblem.NOT_PENDING;
import static dev.paddock.registry.RegistryProblem.SELF_APPROVAL;

import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.Locks;
import dev.paddock.registry.log.ApprovalLog;
import dev.paddock.registry.log.LogAction;
import dev.paddock.registry.log.LogSubject;
import dev.paddock.registry.version.ModelVersion;
import dev.paddock.registry.version.VersionKind;
import dev.paddock.registry.version.Versions;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where compatible bases are registered with their measurement, and decided on by another person. */
@Service
public class CompatibleDesk {
    private final CompatibleBases records;
    private final Versions versions;
    private final ApprovalLog log;
    private final Locks locks;
    private final TimeOrderedIds ids;
    private final Clock clock;

    CompatibleDesk(
            CompatibleBases records, Versions versions, ApprovalLog log, Locks locks, TimeOrderedIds ids, Clock clock) {
        this.records = records;
        this.versions = versions;
        this.log = log;
        this.locks = locks;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    public CompatibleBase register(String tenant, String person, Claim claim) {
        locks.take("compatible-base", tenant, claim.trainedOnDigest());
        ModelVersion base = versions.require(tenant, claim.baseVersionId());
        if (base.kind() != VersionKind.BASE || base.digest().equals(claim.trainedOnDigest())) {
            throw ProblemException.invalid(
                    "baseVersionId", base.id(), "must be a BASE with another digest than trainedOnDigest");
        }
        if (records.existsByTenantAndTrainedOnDigestAndBaseVersionIdAndStateNot(
                tenant, claim.trainedOnDigest(), base.id(), CompatibleState.REJECTED)) {
            throw new ProblemException(
                    CommonProblem.CONFLICT, "the pair is on record already: decide that record or use it");
        }
        CompatibleBase record = records.save(new CompatibleBase(ids.next(), tenant, claim, person, clock.instant()));
        write(record, person, LogAction.COMPATIBLE_BASE_REGISTERED);
        return record;
    }

    @Transactional
    public CompatibleBase approve(String tenant, String person, UUID id) {
        return decide(tenant, person, id, CompatibleState.APPROVED, LogAction.COMPATIBLE_BASE_APPROVED);
    }

    @Transactional
    public CompatibleBase reject(String tenant, String person, UUID id) {
        return decide(tenant, person, id, CompatibleState.REJECTED, LogAction.COMPATIBLE_BASE_REJECTED);
    }

    private CompatibleBase decide(String tenant, String person, UUID id, CompatibleState decision, LogAction action) {
        CompatibleBase record = records.require(tenant, id);
        if (!record.isPending()) {
            throw new ProblemException(
                    NOT_PENDING, "compatible base %s is %s: register it again".formatted(id, record.state()));
        }
        if (record.isRegisteredBy(person)) {
            throw new ProblemException(
                    SELF_APPROVAL,
                    "%s registered compatible base %s: another person must decide".formatted(person, id));
        }
        record.markDecided(decision, person, clock.instant());
        write(record, person, action);
        return record;
    }

    private void write(CompatibleBase record, String actor, LogAction action) {
        Measurement measured = record.measurement();
        Map<String, String> facts = Map.of(
                "trainedOnDigest", record.trainedOnDigest(),
                "baseVersionId", record.baseVersionId().toString(),
                "metric", measured.metric(),
                "reference", measured.reference().toString(),
                "measured", measured.measured().toString(),
                "items", measured.items().toString(),
                "registeredBy", record.registeredBy());
        log.append(
                record.tenant(),
                actor,
                action,
                new LogSubject("compatible-base", record.id().toString(), facts));
    }
}
