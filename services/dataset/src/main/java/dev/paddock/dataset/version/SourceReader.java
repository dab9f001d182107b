package dev.paddock.dataset.version;

import dev.paddock.dataset.document.Document;
import dev.paddock.dataset.document.Documents;
import dev.paddock.dataset.extract.Block;
import dev.paddock.dataset.recipe.Sources;
import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.JsonLines;
import dev.paddock.dataset.source.SourceStore;
import dev.paddock.dataset.upload.Upload;
import dev.paddock.dataset.upload.Uploads;
import dev.paddock.kit.problem.ProblemException;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the documents and uploads that an order names, all of the caller's tenant. */
@Component
final class SourceReader {
    private final Documents documents;
    private final Uploads uploads;
    private final SourceStore sources;

    SourceReader(Documents documents, Uploads uploads, SourceStore sources) {
        this.documents = documents;
        this.uploads = uploads;
        this.sources = sources;
    }

    Sources read(String tenant, UUID dataset, VersionOrder order) {
        if (order.documentIds().isEmpty() && order.uploadIds().isEmpty()) {
            throw ProblemException.invalid("documents", "[]", "name at least one document or upload");
        }
        return new Sources(
                order.documentIds().stream().map(id -> document(tenant, id)).toList(),
                order.uploadIds().stream()
                        .map(id -> upload(tenant, dataset, id))
                        .toList());
    }

    private Sources.DocumentSource document(String tenant, UUID id) {
        if (documents.findByTenantAndId(tenant, id).isEmpty()) {
            throw ProblemException.invalid("documents", id, "there is no such document");
        }
        Document document = documents.requireLive(tenant, id);
        return new Sources.DocumentSource(id, document.name(), visitor -> {
            try {
                JsonLines.forEach(sources.open(tenant, document.textDigest()), Block.class, visitor);
            } catch (NoSuchFileException e) {
                throw Documents.deleted(id);
            }
        });
    }

    private Sources.UploadSource upload(String tenant, UUID dataset, UUID id) {
        Upload upload = uploads.findByTenantAndDatasetIdAndId(tenant, dataset, id)
                .orElseThrow(() -> ProblemException.invalid("uploads", id, "there is no such upload of this dataset"));
        return new Sources.UploadSource(
                id, visitor -> JsonLines.forEach(sources.open(tenant, upload.rowsDigest()), Example.class, visitor));
    }
}
