package dev.paddock.worker;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.export.GgufFile;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Artifacts that the tiny model cannot be served with. */
final class BrokenModels {
    private static final int RANK = 2;

    private BrokenModels() {}

    /** An adapter of a model of another width. */
    static String adapterOfWidth(ArtifactStore store, Path folder, int width) throws IOException {
        Update update = new Update(RANK, 1, new float[RANK * width], new float[RANK * width]);
        write(folder, new LoraAdapter(Map.of(new Target(0, Projection.O_PROJ), update)));
        return store.putFolder(folder).value();
    }

    /** An adapter of a module that no LLaMA has. */
    static String adapterOfModule(ArtifactStore store, Path folder, String module) throws IOException {
        write(folder, new LoraAdapter(Map.of()));
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        for (String part : List.of("lora_A", "lora_B")) {
            writer.floats(
                    "base_model.model.model.layers.0.self_attn." + module + "." + part + ".weight",
                    TensorType.F32,
                    List.of(2L, 2L),
                    buffer -> buffer.put(new float[4]));
        }
        Files.delete(folder.resolve("adapter_model.safetensors"));
        writer.write(folder.resolve("adapter_model.safetensors"));
        return store.putFolder(folder).value();
    }

    private static void write(Path folder, LoraAdapter adapter) throws IOException {
        Files.createDirectories(folder);
        LoraSettings settings = new LoraSettings(RANK, 2, 0, Set.of(Projection.O_PROJ), false);
        PeftAdapter.write(folder, settings, adapter, TinyModelFiles.NAME);
    }

    /** The tiny model in blocks of four bits, of which only the first part of the bytes is left. */
    static String cutGguf(ArtifactStore store, Path folder, double part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GgufFile.of(TinyModelFiles.folder(), null, GgufType.Q4_1).writeTo(bytes);
        Files.createDirectories(folder);
        byte[] whole = bytes.toByteArray();
        Files.write(folder.resolve("model.gguf"), Arrays.copyOf(whole, (int) (whole.length * part)));
        return store.putFolder(folder).value();
    }
}
