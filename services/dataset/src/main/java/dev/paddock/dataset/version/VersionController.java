package dev.paddock.dataset.version;

import dev.paddock.dataset.definition.Dataset;
import dev.paddock.dataset.definition.Datasets;
import dev.paddock.dataset.recipe.ReadyRecipe;
import dev.paddock.dataset.recipe.Recipes;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import jakarta.validation.Valid;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Versions over HTTP. */
@RestController
@RequestMapping("/api/v1")
class VersionController {
    private final Datasets datasets;
    private final DatasetVersions versions;
    private final Recipes recipes;
    private final SourceReader sources;
    private final VersionBuilder builder;
    private final Publication publication;

    VersionController(
            Datasets datasets,
            DatasetVersions versions,
            Recipes recipes,
            SourceReader sources,
            VersionBuilder builder,
            Publication publication) {
        this.datasets = datasets;
        this.versions = versions;
        this.recipes = recipes;
        this.sources = sources;
        this.builder = builder;
        this.publication = publication;
    }

    @PostMapping("/datasets/{datasetId}/versions")
    ResponseEntity<VersionView> create(
            Caller caller, @PathVariable UUID datasetId, @Valid @RequestBody VersionOrder order) throws IOException {
        Dataset dataset = datasets.requireLive(caller.tenant(), datasetId);
        ReadyRecipe recipe = recipes.prepare(order.recipe(), order.paramsOrNone());
        try (BuiltVersion built = builder.build(recipe, sources.read(caller.tenant(), datasetId, order), order)) {
            Publication.Published published = publication.publish(caller, dataset, order, recipe, built);
            DatasetVersion version = published.version();
            ResponseEntity.BodyBuilder answer = published.isNew()
                    ? ResponseEntity.created(URI.create("/api/v1/dataset-versions/" + version.id()))
                    : ResponseEntity.ok();
            return answer.eTag(ETags.of(version.version())).body(version.view());
        }
    }

    @GetMapping("/datasets/{datasetId}/versions")
    Page<VersionView> list(Caller caller, @PathVariable UUID datasetId, PageQuery query) {
        datasets.require(caller.tenant(), datasetId);
        return Page.of(
                        versions.page(caller.tenant(), datasetId, query.before(), Limit.of(query.limitAndOne())),
                        query,
                        DatasetVersion::id)
                .map(DatasetVersion::view);
    }

    @GetMapping("/dataset-versions/{id}")
    ResponseEntity<VersionView> get(Caller caller, @PathVariable UUID id) {
        DatasetVersion version = versions.require(caller.tenant(), id);
        return ResponseEntity.ok().eTag(ETags.of(version.version())).body(version.view());
    }

    @DeleteMapping("/dataset-versions/{id}")
    ResponseEntity<Void> delete(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        DatasetVersion version = versions.require(caller.tenant(), id);
        ETags.require(ifMatch, version.version());
        publication.delete(caller, version);
        return ResponseEntity.noContent().build();
    }
}
