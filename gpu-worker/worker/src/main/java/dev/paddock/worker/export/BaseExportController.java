package dev.paddock.worker.export;

import dev.paddock.kit.artifacts.FolderZip;
import dev.paddock.llama.export.HuggingFaceFolder;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.ArtifactFolders;
import dev.paddock.worker.models.ReadingProblems;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Bases as Hugging Face folders, whatever kind of file they were imported as. */
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
}
