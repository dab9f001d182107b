package dev.paddock.worker.export;

import dev.paddock.kit.artifacts.FolderZip;
import dev.paddock.llama.export.GgufAdapterFile;
import dev.paddock.llama.export.GgufFile;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.export.HuggingFaceFolder;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.ArtifactFolders;
import dev.paddock.worker.models.ReadingProblems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Models as Hugging Face folders and as GGUF files, whatever kind of file they were stored as. */
@RestController
@ConditionalOnRole(WorkerRole.SERVING)
class BaseExportController {
    private final ArtifactFolders folders;

    BaseExportController(ArtifactFolders folders) {
        this.folders = folders;
    }

    /** A ZIP stream that is made while it is sent; the same base gives the same bytes. */
    @GetMapping(value = "/internal/v1/bases/{digest}/huggingface", produces = "application/zip")
    StreamingResponseBody huggingFace(@PathVariable String digest) {
        Map<String, FolderZip.Content> files = new LinkedHashMap<>();
        ReadingProblems.explained(digest, () -> HuggingFaceFolder.of(folders.folder(digest)))
                .forEach((name, content) -> files.put(name, content::writeTo));
        return target -> FolderZip.write(files, target);
    }

    /**
     * A GGUF file that is made while it is sent; the same versions give the same bytes.
     *
     * @param type what the matrices become
     * @param adapter digest of an adapter of the model; none for the model alone
     * @param merged whether the adapter is merged into the model, or is the file by itself
     */
    @GetMapping(value = "/internal/v1/bases/{digest}/gguf", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    StreamingResponseBody gguf(
            @PathVariable String digest,
            @RequestParam(defaultValue = "AS_STORED") GgufType type,
            @RequestParam(required = false) @Nullable String adapter,
            @RequestParam(defaultValue = "false") boolean merged) {
        HuggingFaceFolder.Content content = ReadingProblems.explained(adapter == null ? digest : adapter, () -> {
            Path model = folders.folder(digest);
            Path laid = adapter == null ? null : folders.folder(adapter);
            return laid == null || merged ? GgufFile.of(model, laid, type) : GgufAdapterFile.of(model, laid);
        });
        return content::writeTo;
    }
}
