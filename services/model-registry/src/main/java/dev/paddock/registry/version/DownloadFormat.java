package dev.paddock.registry.version;

/** How a version's folder is downloaded. */
enum DownloadFormat {
    /** As PEFT and transformers read it. */
    HUGGINGFACE,
    /** As it was stored. */
    IMPORTED
}
