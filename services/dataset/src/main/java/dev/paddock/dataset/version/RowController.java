package dev.paddock.dataset.version;

import dev.paddock.dataset.row.JsonLines;
import dev.paddock.dataset.row.Row;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rows and decisions over HTTP, read from the versions' artifacts. */
@RestController
@RequestMapping("/api/v1")
class RowController {
    private final DatasetVersions versions;
    private final RowLocations locations;
    private final ArtifactStore artifacts;

    RowController(DatasetVersions versions, RowLocations locations, ArtifactStore artifacts) {
        this.versions = versions;
        this.locations = locations;
        this.artifacts = artifacts;
    }

    /** A row and everywhere it stands, newest version first. */
    record RowView(Row row, List<RowLocations.Location> locations) {}

    private record Numbered<T>(int position, T value) {}

    @GetMapping("/dataset-versions/{id}/rows")
    Page<Row> rows(
            Caller caller, @PathVariable UUID id, @RequestParam(defaultValue = "train") String split, PageQuery query)
            throws IOException {
        if (!split.equals("train") && !split.equals("test")) {
            throw ProblemException.invalid("split", split, "must be train or test");
        }
        return page(file(published(caller, id), split), Row.class, query);
    }

    @GetMapping("/dataset-versions/{id}/decisions")
    Page<Decision> decisions(Caller caller, @PathVariable UUID id, PageQuery query) throws IOException {
        return page(published(caller, id).decisions(), Decision.class, query);
    }

    @GetMapping("/rows/{rowId}")
    RowView row(Caller caller, @PathVariable String rowId) throws IOException {
        List<RowLocations.Location> found = locations.find(caller.tenant(), rowId);
        if (found.isEmpty()) {
            throw ProblemException.notFound("row", rowId);
        }
        RowLocations.Location newest = found.get(0);
        DatasetVersion version = versions.require(caller.tenant(), newest.versionId());
        Digest file = file(version, newest.split());
        List<Row> rows = JsonLines.slice(artifacts.open(file), Row.class, newest.position(), 1);
        return new RowView(rows.get(0), found);
    }

    private DatasetVersion published(Caller caller, UUID id) {
        DatasetVersion version = versions.require(caller.tenant(), id);
        version.requirePublished();
        return version;
    }

    private Digest file(DatasetVersion version, String split) throws IOException {
        return new Digest(
                artifacts.manifest(version.digest()).file(split + ".jsonl").digest());
    }

    private <T> Page<T> page(Digest file, Class<T> type, PageQuery query) throws IOException {
        int from = Math.toIntExact(query.afterNumber() + 1);
        List<T> values = JsonLines.slice(artifacts.open(file), type, from, query.limitAndOne());
        List<Numbered<T>> numbered = IntStream.range(0, values.size())
                .mapToObj(number -> new Numbered<>(from + number, values.get(number)))
                .toList();
        return Page.of(numbered, query, Numbered::position).map(Numbered::value);
    }
}
