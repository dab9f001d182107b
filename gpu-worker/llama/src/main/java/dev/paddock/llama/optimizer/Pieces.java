package dev.paddock.llama.optimizer;

import dev.paddock.kernels.Team;
import java.nio.FloatBuffer;

/** Brings pieces of a tensor to several threads, each with memory of its own, and the updated parameters back. */
final class Pieces implements AutoCloseable {
    /** Numbers of a piece: whole blocks of every state. */
    static final int SIZE = 1 << 12;

    /** Updates one piece, of which parameters and gradients are there. */
    interface Work {
        void run(AdamW.Numbers numbers, byte[] codes, int from, int count);
    }

    private final Team team;
    private final AdamW.Numbers[] numbers;
    private final byte[][] codes;

    Pieces(int threads) {
        team = new Team(threads);
        numbers = new AdamW.Numbers[team.parts()];
        codes = new byte[team.parts()][SIZE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = new AdamW.Numbers(SIZE);
        }
    }

    void run(TrainedTensor tensor, FloatBuffer parameters, FloatBuffer gradients, Work work) {
        if (parameters.remaining() != tensor.elements() || gradients.remaining() != tensor.elements()) {
            throw new IllegalArgumentException("the tensor has %d numbers; got %d parameters and %d gradients"
                    .formatted(tensor.elements(), parameters.remaining(), gradients.remaining()));
        }
        FloatBuffer values = parameters.slice();
        FloatBuffer slopes = gradients.slice();
        int pieces = (values.remaining() + SIZE - 1) / SIZE;
        team.run((part, parts) -> {
            AdamW.Numbers own = numbers[part];
            int last = (int) ((long) pieces * (part + 1) / parts);
            for (int piece = (int) ((long) pieces * part / parts); piece < last; piece++) {
                int from = piece * SIZE;
                int count = Math.min(SIZE, values.limit() - from);
                values.get(from, own.parameters, 0, count);
                slopes.get(from, own.gradients, 0, count);
                work.run(own, codes[part], from, count);
                values.put(from, own.parameters, 0, count);
            }
        });
    }

    @Override
    public void close() {
        team.close();
    }
}
