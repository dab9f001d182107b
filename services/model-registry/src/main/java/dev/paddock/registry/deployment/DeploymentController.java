package dev.paddock.registry.deployment;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deployments, live and past: deploy, roll back to what served before, undeploy. */
@RestController
@RequestMapping("/api/v1/deployments")
class DeploymentController {
    private final Deployer deployer;
    private final Deployments deployments;

    DeploymentController(Deployer deployer, Deployments deployments) {
        this.deployer = deployer;
        this.deployments = deployments;
    }

    @PostMapping
    ResponseEntity<DeploymentView> deploy(Caller caller, @Valid @RequestBody DeploymentOrder order) {
        return answer(HttpStatus.CREATED, deployer.deploy(caller, order));
    }

    @PostMapping("/{id}/rollback")
    ResponseEntity<DeploymentView> rollBack(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        requireMatch(caller, id, ifMatch);
        return answer(HttpStatus.CREATED, deployer.rollBack(caller, id));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<DeploymentView> undeploy(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        requireMatch(caller, id, ifMatch);
        return answer(HttpStatus.OK, deployer.undeploy(caller, id));
    }

    @GetMapping
    Page<DeploymentView> list(
            Caller caller,
            PageQuery query,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable DeploymentState state) {
        return Page.of(
                        deployments.list(caller.tenant(), query.before(), model, state, Limit.of(query.limitAndOne())),
                        query,
                        Deployment::id)
                .map(DeploymentView::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<DeploymentView> get(Caller caller, @PathVariable UUID id) {
        return answer(HttpStatus.OK, deployments.require(caller.tenant(), id));
    }

    private void requireMatch(Caller caller, UUID id, @Nullable String ifMatch) {
        ETags.require(ifMatch, deployments.require(caller.tenant(), id).lockVersion());
    }

    private static ResponseEntity<DeploymentView> answer(HttpStatus status, Deployment deployment) {
        return ResponseEntity.status(status)
                .location(URI.create("/api/v1/deployments/" + deployment.id()))
                .eTag(ETags.of(deployment.lockVersion()))
                .body(DeploymentView.of(deployment));
    }
}
