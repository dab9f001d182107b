package dev.paddock.dataset.upload;

import dev.paddock.dataset.TemporaryFile;
import dev.paddock.dataset.definition.Datasets;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Uploads of rows over HTTP; the same rows again are the same upload of their dataset. */
@RestController
@RequestMapping("/api/v1/datasets/{datasetId}/uploads")
class UploadController {
    private final Datasets datasets;
    private final Uploads uploads;
    private final UploadIntake intake;

    UploadController(Datasets datasets, Uploads uploads, UploadIntake intake) {
        this.datasets = datasets;
        this.uploads = uploads;
        this.intake = intake;
    }

    /** How an upload is to be read: query parameters of the request. */
    record Reading(
            @Nullable String format,
            @Nullable String promptColumn,
            @Nullable String completionColumn,
            @Nullable String system) {
        Optional<UploadFormat> wanted() {
            return UploadFormat.parse(format == null ? "auto" : format);
        }

        CsvColumns columns() {
            return CsvColumns.of(promptColumn, completionColumn, system);
        }
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<UploadView> upload(
            Caller caller, @PathVariable UUID datasetId, Reading reading, @RequestPart("file") MultipartFile file)
            throws IOException {
        TextEncoding.requireUtf8(file.getContentType());
        datasets.requireLive(caller.tenant(), datasetId);
        try (TemporaryFile copy = TemporaryFile.of(file)) {
            return store(caller, datasetId, reading.wanted(), reading.columns(), copy);
        }
    }

    @PostMapping(consumes = {"application/jsonl", "application/x-ndjson"})
    ResponseEntity<UploadView> jsonl(
            Caller caller,
            @PathVariable UUID datasetId,
            Reading reading,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
            InputStream body)
            throws IOException {
        TextEncoding.requireUtf8(contentType);
        datasets.requireLive(caller.tenant(), datasetId);
        try (TemporaryFile copy = TemporaryFile.of(body)) {
            return store(caller, datasetId, reading.wanted(), reading.columns(), copy);
        }
    }

    @PostMapping(consumes = "text/csv")
    ResponseEntity<UploadView> csv(
            Caller caller,
            @PathVariable UUID datasetId,
            Reading reading,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
            InputStream body)
            throws IOException {
        TextEncoding.requireUtf8(contentType);
        datasets.requireLive(caller.tenant(), datasetId);
        try (TemporaryFile copy = TemporaryFile.of(body)) {
            return store(caller, datasetId, Optional.of(UploadFormat.CSV), reading.columns(), copy);
        }
    }

    private ResponseEntity<UploadView> store(
            Caller caller, UUID datasetId, Optional<UploadFormat> format, CsvColumns columns, TemporaryFile file)
            throws IOException {
        UploadIntake.Taken taken = intake.store(caller, datasetId, file, format, columns);
        Upload upload = taken.upload();
        ResponseEntity.BodyBuilder answer = taken.isNew()
                ? ResponseEntity.created(URI.create("/api/v1/datasets/" + datasetId + "/uploads/" + upload.id()))
                : ResponseEntity.ok();
        return answer.eTag("\"0\"").body(upload.view());
    }

    @GetMapping
    Page<UploadView> list(Caller caller, @PathVariable UUID datasetId, PageQuery query) {
        datasets.require(caller.tenant(), datasetId);
        return Page.of(
                        uploads.page(caller.tenant(), datasetId, query.before(), Limit.of(query.limitAndOne())),
                        query,
                        Upload::id)
                .map(Upload::view);
    }

    @GetMapping("/{id}")
    UploadView get(Caller caller, @PathVariable UUID datasetId, @PathVariable UUID id) {
        return uploads.findByTenantAndDatasetIdAndId(caller.tenant(), datasetId, id)
                .orElseThrow(() -> ProblemException.notFound("upload", id))
                .view();
    }
}
