package dev.paddock.gateway.model;

import dev.paddock.contracts.registry.ServedModel;
import dev.paddock.gateway.GatewayProperties;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.gateway.internal.InternalCalls;
import dev.paddock.gateway.internal.RefusedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What model-registry says is deployed for a tenant, bases and approved adapters only. Known for a bounded time and forgotten on
 * every change; while the registry cannot be asked, what is not known is refused.
 */
@Component
public class DeployedModels {
    private static final Logger LOG = LoggerFactory.getLogger(DeployedModels.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String GUARD = "GUARD";

    private final InternalCalls calls;
    private final GatewayProperties properties;
    private final Clock clock;
    private final Map<String, Long> changesByTenant = new ConcurrentHashMap<>();
    private final Map<String, Known> knownByTenant = new ConcurrentHashMap<>();

    DeployedModels(InternalCalls calls, GatewayProperties properties, Clock clock) {
        this.calls = calls;
        this.properties = properties;
        this.clock = clock;
    }

    /** The tenant's models by name. */
    public List<ServedModel> list(String tenant) {
        long change = changesByTenant.getOrDefault(tenant, 0L);
        Known known = knownByTenant.get(tenant);
        if (known == null || known.change() != change || clock.instant().isAfter(known.until())) {
            known = new Known(ask(tenant), change, clock.instant().plus(properties.deploymentsMaxAge()));
            knownByTenant.put(tenant, known);
        }
        return known.models();
    }

    /** The model of this name, or 404 {@code model_not_found}. */
    public ServedModel require(String tenant, String name) {
        return list(tenant).stream()
                .filter(model -> model.model().equals(name))
                .findFirst()
                .orElseThrow(() -> OpenAiException.refused(
                        404,
                        "model_not_found",
                        "model",
                        "The model '" + shortened(name) + "' does not exist or is not deployed; GET /v1/models lists"
                                + " those that are."));
    }

    /** What was known is asked again at the next use. */
    public void forget(String tenant) {
        changesByTenant.merge(tenant, 1L, Long::sum);
    }

    private List<ServedModel> ask(String tenant) {
        try {
            ServedModel[] served =
                    calls.get("model-registry", "/internal/v1/deployments", tenant, ServedModel[].class, TIMEOUT);
            return Arrays.stream(served)
                    .filter(model -> model.tenant().equals(tenant) && !GUARD.equals(model.kind()))
                    .sorted(Comparator.comparing(ServedModel::model))
                    .toList();
        } catch (IOException | RefusedException e) {
            LOG.warn("deployments unknown: {}", e.toString());
            throw OpenAiException.unavailable(
                    "deployments_unknown", "model-registry does not say which models are deployed; try again.");
        }
    }

    private static String shortened(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }

    /** What was asked for after a change holds until the next one, whoever wrote it down last. */
    private record Known(List<ServedModel> models, long change, Instant until) {}
}
