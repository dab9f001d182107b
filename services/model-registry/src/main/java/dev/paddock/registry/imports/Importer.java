package dev.paddock.registry.imports;

import static dev.paddock.registry.RegistryProblem.INCOMPATIBLE_BASE;
import static dev.paddock.registry.RegistryProblem.NAME_TAKEN;

import dev.paddock.kit.artifacts.Manifest;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.Locks;
import dev.paddock.registry.artifact.ArtifactInspector;
import dev.paddock.registry.compatible.CompatibleBases;
import dev.paddock.registry.deployment.Deployer;
import dev.paddock.registry.log.ApprovalLog;
import dev.paddock.registry.log.LogAction;
import dev.paddock.registry.log.LogSubject;
import dev.paddock.registry.version.ModelVersion;
import dev.paddock.registry.version.NewVersion;
import dev.paddock.registry.version.Origin;
import dev.paddock.registry.version.VersionKind;
import dev.paddock.registry.version.VersionRegister;
import dev.paddock.registry.version.Versions;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Imports bases and guards: bytes checked, on the log, deployed under their own names, guards only as a base's first. The same
 * import again changes nothing.
 */
@Service
public class Importer {
    private final Versions versions;
    private final VersionRegister register;
    private final ArtifactInspector artifacts;
    private final CompatibleBases compatibleBases;
    private final Deployer deployer;
    private final ApprovalLog log;
    private final Locks locks;
    private final TransactionOperations transactions;

    Importer(
            Versions versions,
            VersionRegister register,
            ArtifactInspector artifacts,
            CompatibleBases compatibleBases,
            Deployer deployer,
            ApprovalLog log,
            Locks locks,
            TransactionOperations transactions) {
        this.versions = versions;
        this.register = register;
        this.artifacts = artifacts;
        this.compatibleBases = compatibleBases;
        this.deployer = deployer;
        this.log = log;
        this.locks = locks;
        this.transactions = transactions;
    }

    public Imported base(String tenant, String person, BaseImport base) {
        FolderLayout.requireBase(base.format(), artifacts.requireIntact(base.digest()));
        Origin origin = Origin.importedBase(base.format(), base.source(), base.licence());
        return once(tenant, new NewVersion(VersionKind.BASE, base.name(), base.digest(), origin, person));
    }

    public Imported guard(String tenant, String person, GuardImport guard) {
        Manifest manifest = artifacts.requireIntact(guard.digest());
        FolderLayout.requireAdapter(manifest);
        String trainedOn = artifacts.trainedOn(guard.digest(), manifest);
        requireBase(tenant, guard, trainedOn);
        Origin origin = Origin.importedGuard(guard.baseVersionId(), trainedOn, guard.source());
        return once(tenant, new NewVersion(VersionKind.GUARD, guard.name(), guard.digest(), origin, person));
    }

    private void requireBase(String tenant, GuardImport guard, String trainedOn) {
        ModelVersion base = versions.require(tenant, guard.baseVersionId());
        if (base.kind() != VersionKind.BASE) {
            throw ProblemException.invalid("baseVersionId", base.id(), "must be a BASE");
        }
        if (!base.digest().equals(trainedOn) && !compatibleBases.allows(tenant, trainedOn, base.id())) {
            throw new ProblemException(
                    INCOMPATIBLE_BASE,
                    "guard %s was trained on base %s and not on %s (%s): register a measured compatible base and have it approved"
                            .formatted(guard.name(), trainedOn, base.name(), base.digest()));
        }
    }

    private Imported once(String tenant, NewVersion created) {
        return inTransaction(() -> {
            locks.take("model", tenant, created.name());
            return versions.findByTenantAndKindAndNameAndDigest(
                            tenant, created.kind(), created.name(), created.digest())
                    .map(known -> new Imported(known, false))
                    .orElseGet(() -> new Imported(record(tenant, created), true));
        });
    }

    private ModelVersion record(String tenant, NewVersion created) {
        requireFreeName(tenant, created);
        ModelVersion version = register.register(tenant, created);
        LogAction action = created.kind() == VersionKind.BASE ? LogAction.BASE_IMPORTED : LogAction.GUARD_IMPORTED;
        Map<String, String> facts = Map.of(
                "name", created.name(),
                "digest", created.digest(),
                "source", Objects.requireNonNull(created.origin().source()));
        log.append(
                tenant,
                created.createdBy(),
                action,
                new LogSubject("version", version.id().toString(), facts));
        deployer.deployImport(version);
        return version;
    }

    /** A base's or guard's name belongs to nothing of another kind, be it imported or deployed. */
    private void requireFreeName(String tenant, NewVersion created) {
        VersionKind other = created.kind() == VersionKind.BASE ? VersionKind.GUARD : VersionKind.BASE;
        boolean taken = versions.existsByTenantAndNameAndKindIn(tenant, created.name(), java.util.Set.of(other))
                || deployer.servesMade(tenant, created.name());
        if (taken) {
            throw new ProblemException(
                    NAME_TAKEN, "name is " + created.name() + ", which another kind of model has: choose another");
        }
    }

    private Imported inTransaction(Supplier<Imported> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
