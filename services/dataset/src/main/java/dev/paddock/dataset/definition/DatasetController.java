package dev.paddock.dataset.definition;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemException;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Datasets over HTTP. */
@RestController
@RequestMapping("/api/v1/datasets")
class DatasetController {
    private final Datasets datasets;
    private final TimeOrderedIds ids;
    private final Clock clock;

    DatasetController(Datasets datasets, TimeOrderedIds ids, Clock clock) {
        this.datasets = datasets;
        this.ids = ids;
        this.clock = clock;
    }

    @PostMapping
    @Transactional
    public ResponseEntity<DatasetView> create(Caller caller, @Valid @RequestBody NewDataset wanted) {
        if (datasets.existsByTenantAndNameAndDeletedAtIsNull(caller.tenant(), wanted.name())) {
            throw new ProblemException(
                    DatasetProblem.NAME_TAKEN, "there is a dataset " + wanted.name() + ": choose another name");
        }
        Dataset dataset = datasets.saveAndFlush(
                new Dataset(ids.next(), caller.tenant(), wanted, caller.subject(), clock.instant()));
        return ResponseEntity.created(URI.create("/api/v1/datasets/" + dataset.id()))
                .eTag(ETags.of(dataset.version()))
                .body(dataset.view());
    }

    @GetMapping
    Page<DatasetView> list(Caller caller, PageQuery query) {
        return Page.of(
                        datasets.page(caller.tenant(), query.before(), Limit.of(query.limitAndOne())),
                        query,
                        Dataset::id)
                .map(Dataset::view);
    }

    @GetMapping("/{id}")
    ResponseEntity<DatasetView> get(Caller caller, @PathVariable UUID id) {
        Dataset dataset = datasets.require(caller.tenant(), id);
        return ResponseEntity.ok().eTag(ETags.of(dataset.version())).body(dataset.view());
    }

    @PatchMapping("/{id}")
    @Transactional
    public ResponseEntity<DatasetView> change(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody DatasetChange change) {
        Dataset dataset = datasets.requireLive(caller.tenant(), id);
        ETags.require(ifMatch, dataset.version());
        dataset.describe(change.description());
        Dataset changed = datasets.saveAndFlush(dataset);
        return ResponseEntity.ok().eTag(ETags.of(changed.version())).body(changed.view());
    }
}
