package dev.paddock.benchmarks.peer;

/**
 * Where the peers are.
 *
 * @param python the interpreter of their virtual environment
 * @param scripts folder of the scripts that drive them
 * @param model a Hugging Face folder or a GGUF file
 */
public record PeerSetting(String python, String scripts, String model) {}
