package dev.paddock.registry.deployment;

import dev.paddock.contracts.registry.ServedModel;
import dev.paddock.kit.identity.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The desired state for services: of the tenant named in the header; of all tenants without it or when asked for. */
@RestController
class ServedModelController {
    private final ServedModels models;

    ServedModelController(ServedModels models) {
        this.models = models;
    }

    @GetMapping("/internal/v1/deployments")
    List<ServedModel> live(
            @RequestHeader(name = Caller.TENANT_HEADER, required = false) @Nullable String tenant,
            @RequestParam(defaultValue = "false") boolean allTenants) {
        return models.live(allTenants ? null : tenant);
    }
}
