package dev.paddock.registry.version;

import dev.paddock.kit.artifacts.FolderZip;
import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.registry.artifact.Downloads;
import dev.paddock.registry.artifact.GgufType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Versions on record, and their folders as ZIP or GGUF. */
@RestController
class VersionController {
    private final Versions versions;
    private final Downloads downloads;

    VersionController(Versions versions, Downloads downloads) {
        this.versions = versions;
        this.downloads = downloads;
    }

    @GetMapping("/api/v1/versions")
    Page<VersionView> list(
            Caller caller,
            PageQuery query,
            @RequestParam(required = false) @Nullable VersionKind kind,
            @RequestParam(required = false) @Nullable VersionState state,
            @RequestParam(required = false) @Nullable UUID jobId) {
        return page(caller, query, kind, state, jobId);
    }

    @GetMapping("/api/v1/bases")
    Page<VersionView> bases(Caller caller, PageQuery query) {
        return page(caller, query, VersionKind.BASE, null, null);
    }

    @GetMapping("/api/v1/guards")
    Page<VersionView> guards(Caller caller, PageQuery query) {
        return page(caller, query, VersionKind.GUARD, null, null);
    }

    @GetMapping("/api/v1/versions/{id}")
    ResponseEntity<VersionView> get(Caller caller, @PathVariable UUID id) {
        ModelVersion version = versions.require(caller.tenant(), id);
        return ResponseEntity.ok().eTag(ETags.of(version.lockVersion())).body(VersionView.of(version));
    }

    /**
     * The artifact folder as ZIP: an adapter in PEFT's layout, a base or model as a Hugging Face folder, or for
     * {@code format=IMPORTED} as it was stored. For {@code format=GGUF} one file as llama.cpp reads it: a whole model with its
     * matrices in {@code type}, or an adapter, by itself or {@code merged} into its base. The entity tag names the bytes.
     */
    @GetMapping(
            value = "/api/v1/versions/{id}/download",
            produces = {"application/zip", MediaType.APPLICATION_OCTET_STREAM_VALUE})
    ResponseEntity<StreamingResponseBody> download(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable DownloadFormat format,
            @RequestParam(required = false) @Nullable GgufType type,
            @RequestParam(required = false) @Nullable Boolean merged,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        ModelVersion version = versions.require(caller.tenant(), id);
        VersionFile file = VersionFile.of(version, new DownloadRequest(format, type, merged), downloads);
        String tag = "\"" + file.tag() + "\"";
        if (tag.equals(known)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
        }
        FolderZip.Content content = file.content().get();
        return ResponseEntity.ok()
                .eTag(tag)
                .contentType(file.type())
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(version, file))
                .body(content::writeTo);
    }

    private Page<VersionView> page(
            Caller caller,
            PageQuery query,
            @Nullable VersionKind kind,
            @Nullable VersionState state,
            @Nullable UUID jobId) {
        return Page.of(
                        versions.list(
                                caller.tenant(), query.before(), kind, state, jobId, Limit.of(query.limitAndOne())),
                        query,
                        ModelVersion::id)
                .map(VersionView::of);
    }

    private static String attachment(ModelVersion version, VersionFile file) {
        String name = version.name().replaceAll("[^A-Za-z0-9._-]", "_");
        return ContentDisposition.attachment()
                .filename(name + file.ending())
                .build()
                .toString();
    }
}
