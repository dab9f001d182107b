package dev.paddock.dataset.version;

import dev.paddock.dataset.document.Document;
import dev.paddock.dataset.document.Documents;
import dev.paddock.dataset.extract.Block;
import dev.paddock.dataset.recipe.Sources;
import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.JsonLines;
import dev.paddock.dataset.upload.Upload;
import dev.paddock.dataset.upload.Uploads;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.problem.ProblemException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the documents and uploads that an order names, all of the caller's tenant. */
@Component
final class SourceReader {
    private final Documents documents;
    private final Uploads uploads;
    private final ArtifactStore artifacts;

    SourceReader(Documents documents, Uploads uploads, ArtifactStore artifacts) {
        this.documents = documents;
        this.uploads = uploads;
        this.artifacts = artifacts;
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
        Document document = documents
                .findByTenantAndId(tenant, id)
                .orElseThrow(() -> ProblemException.invalid("documents", id, "there is no such document"));
        return new Sources.DocumentSource(id, document.name(), content(document.textDigest(), Block.class));
    }

    private Sources.UploadSource upload(String tenant, UUID dataset, UUID id) {
        Upload upload = uploads.findByTenantAndDatasetIdAndId(tenant, dataset, id)
                .orElseThrow(() -> ProblemException.invalid("uploads", id, "there is no such upload of this dataset"));
        return new Sources.UploadSource(id, content(upload.rowsDigest(), Example.class));
    }

    private <T> Sources.Content<T> content(String digest, Class<T> type) {
        return visitor -> JsonLines.forEach(artifacts.open(new Digest(digest)), type, visitor);
    }
}
