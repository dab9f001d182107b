package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run's state after a step: parameters and moments in {@code state.safetensors}, and in {@code checkpoint.json} the number
 * of the step, from which data position, schedule and random state follow, the fingerprint of the run it belongs to, and what
 * the run was computed in.
 */
final class Checkpoint {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STATE = "state.safetensors";
    private static final String HEAD = "checkpoint.json";
    private static final int FORMAT = 1;

    private Checkpoint() {}

    /** What {@code checkpoint.json} says; those of before environments were written name none. */
    record Head(
            int format,
            int step,
            int steps,
            String fingerprint,
            @Nullable RunEnvironment environment) {}

    /** Writes {@code step-N} in {@code parent}, under its name only when it is whole. */
    static Path write(Path parent, Head head, FlatParameters parameters, BestState best) {
        Path folder = parent.resolve("step-%08d".formatted(head.step()));
        Folders.writeWhole(folder, temporary -> {
            SafetensorsWriter writer = new SafetensorsWriter(Map.of());
            try (TensorScope views = TensorScope.open()) {
                parts(parameters).forEach((name, flat) -> add(writer, name, parameters, flat, views));
                writer.write(temporary.resolve(STATE));
            }
            SlotOptimizer optimizer = parameters.optimizer();
            if (optimizer != null) {
                optimizer.write(temporary);
            }
            best.write(temporary);
            Files.writeString(temporary.resolve(HEAD), JSON.writeValueAsString(head));
        });
        return folder;
    }

    private static void add(
            SafetensorsWriter writer, String prefix, FlatParameters parameters, NDArray flat, TensorScope views) {
        List<NDArray> tensors = parameters.views(views, flat);
        List<FlatSlot> slots = parameters.slots();
        for (int i = 0; i < slots.size(); i++) {
            NDArray tensor = tensors.get(i);
            String name = prefix + "/" + slots.get(i).name();
            writer.bytes(name, TensorType.F32, slots.get(i).shape(), () -> Tensors.toBytes(tensor));
        }
    }

    /** Why a run cannot go on from a checkpoint; empty where it can. */
    static Optional<String> mismatch(Path folder, String fingerprint) {
        Head head = head(folder);
        if (head.format() != FORMAT) {
            return Optional.of("begins anew: the checkpoint of step " + head.step() + " has format " + head.format()
                    + " of another version, this one reads format " + FORMAT);
        }
        if (head.fingerprint().equals(fingerprint)) {
            return Optional.empty();
        }
        return Optional.of("begins anew: the checkpoint of step " + head.step()
                + " belongs to another run, whose base, rows, settings, precision or version differ");
    }

    /**
     * Sets parameters and moments from a checkpoint without {@link #mismatch}.
     *
     * @return the number of the last finished step
     */
    static int restore(Path folder, FlatParameters parameters) {
        Head head = head(folder);
        try (Safetensors file = Safetensors.open(folder.resolve(STATE));
                TensorScope views = TensorScope.open()) {
            parts(parameters).forEach((name, flat) -> read(file, name, parameters, flat, views));
        }
        SlotOptimizer optimizer = parameters.optimizer();
        if (optimizer != null) {
            optimizer.read(folder);
        }
        return head.step();
    }

    private static void read(
            Safetensors file, String prefix, FlatParameters parameters, NDArray flat, TensorScope views) {
        List<NDArray> tensors = parameters.views(views, flat);
        for (int i = 0; i < tensors.size(); i++) {
            FlatSlot slot = parameters.slots().get(i);
            try (TensorScope temporary = TensorScope.open()) {
                long[] shape = slot.shape().stream().mapToLong(Long::longValue).toArray();
                Tensors.copyRows(
                        tensors.get(i),
                        0,
                        Tensors.fromBytes(temporary, file.raw(prefix + "/" + slot.name()), ScalarType.FLOAT32, shape));
            }
        }
    }

    /** Deletes the checkpoints beside this one. */
    static void deleteOlder(Path newest) {
        Path parent = Objects.requireNonNull(newest.getParent());
        try (var folders = Files.list(parent)) {
            for (Path folder : folders.toList()) {
                String name = Objects.requireNonNull(folder.getFileName()).toString();
                if (name.matches("step-\\d{8}") && !folder.equals(newest)) {
                    Folders.delete(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Head head(Path folder) {
        try {
            return JSON.readValue(Files.readString(folder.resolve(HEAD)), Head.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("checkpoint " + folder.getFileName() + " is damaged: " + HEAD, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Head head(int step, int steps, String fingerprint, RunEnvironment environment) {
        return new Head(FORMAT, step, steps, fingerprint, environment);
    }

    private static Map<String, NDArray> parts(FlatParameters parameters) {
        Map<String, NDArray> parts = new LinkedHashMap<>();
        parts.put("parameters", parameters.values());
        if (parameters.optimizer() == null) {
            parts.put("first_moments", parameters.firstMoments());
            parts.put("second_moments", parameters.secondMoments());
        }
        return parts;
    }
}
