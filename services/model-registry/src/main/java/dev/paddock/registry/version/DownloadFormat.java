package dev.paddock.registry.version;

/** How a version is downloaded. */
enum DownloadFormat {
    /** A folder as PEFT and transformers read it. */
    HUGGINGFACE,
    /** The folder as it was stored. */
    IMPORTED,
    /** One file as llama.cpp reads it. */
    GGUF
}
