package dev.paddock.llama.inference;

import dev.paddock.llama.config.LlamaConfig;

/** The decoder as its papers write it, one position and one head after another, in double precision and without a cache. */
public final class PlainDecoder {
    private final RandomWeights weights;
    private final LlamaConfig config;

    public PlainDecoder(RandomWeights weights) {
        this.weights = weights;
        this.config = weights.config();
    }

    /** Logits of the last position. */
    public float[] logits(int[] tokens) {
        double[][] x = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            x[t] = row(weights.values("model.embed_tokens.weight"), tokens[t], config.hiddenSize());
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "model.layers.%d.".formatted(layer);
            attention(prefix, x);
            feedForward(prefix, x);
        }
        double[] last = norm("model.norm.weight", x[x.length - 1]);
        float[] logits = new float[config.vocabularySize()];
        double[] output = product(weights.values("lm_head.weight"), last);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) output[i];
        }
        return logits;
    }

    private void attention(String prefix, double[][] x) {
        int size = config.headSize();
        double[][] q = new double[x.length][];
        double[][] k = new double[x.length][];
        double[][] v = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] h = norm(prefix + "input_layernorm.weight", x[t]);
            q[t] = rotate(projection(prefix + "self_attn.q_proj", h), t);
            k[t] = rotate(projection(prefix + "self_attn.k_proj", h), t);
            v[t] = projection(prefix + "self_attn.v_proj", h);
        }
        for (int t = 0; t < x.length; t++) {
            double[] out = new double[config.querySize()];
            for (int head = 0; head < config.heads(); head++) {
                int shared = head / (config.heads() / config.keyValueHeads());
                head(q[t], k, v, t, head * size, shared * size, out);
            }
            add(x[t], projection(prefix + "self_attn.o_proj", out));
        }
    }

    private void head(double[] q, double[][] k, double[][] v, int t, int from, int shared, double[] out) {
        int size = config.headSize();
        double[] weight = new double[t + 1];
        double sum = 0;
        for (int s = 0; s <= t; s++) {
            double score = 0;
            for (int i = 0; i < size; i++) {
                score += q[from + i] * k[s][shared + i];
            }
            weight[s] = Math.exp(score / Math.sqrt(size));
            sum += weight[s];
        }
        for (int s = 0; s <= t; s++) {
            for (int i = 0; i < size; i++) {
                out[from + i] += weight[s] / sum * v[s][shared + i];
            }
        }
    }

    private void feedForward(String prefix, double[][] x) {
        for (double[] row : x) {
            double[] h = norm(prefix + "post_attention_layernorm.weight", row);
            double[] gate = projection(prefix + "mlp.gate_proj", h);
            double[] up = projection(prefix + "mlp.up_proj", h);
            for (int i = 0; i < gate.length; i++) {
                up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
            }
            add(row, projection(prefix + "mlp.down_proj", up));
        }
    }

    private double[] rotate(double[] heads, int position) {
        int size = config.headSize();
        double[] rotated = heads.clone();
        for (int at = 0; at < heads.length; at += size) {
            for (int i = 0; i < size / 2; i++) {
                double angle = position * Math.pow(config.ropeBase(), -2.0 * i / size);
                double a = heads[at + i];
                double b = heads[at + i + size / 2];
                rotated[at + i] = a * Math.cos(angle) - b * Math.sin(angle);
                rotated[at + i + size / 2] = b * Math.cos(angle) + a * Math.sin(angle);
            }
        }
        return rotated;
    }

    private double[] norm(String name, double[] x) {
        double square = 0;
        for (double value : x) {
            square += value * value;
        }
        double scale = 1 / Math.sqrt(square / x.length + config.normEpsilon());
        double[] normed = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            normed[i] = x[i] * scale * weights.values(name)[i];
        }
        return normed;
    }

    private double[] projection(String name, double[] x) {
        double[] y = product(weights.values(name + ".weight"), x);
        for (int i = 0; i < y.length; i++) {
            y[i] += weights.values(name + ".bias")[i];
        }
        return y;
    }

    private static double[] product(float[] matrix, double[] x) {
        double[] y = new double[matrix.length / x.length];
        for (int i = 0; i < matrix.length; i++) {
            y[i / x.length] += matrix[i] * x[i % x.length];
        }
        return y;
    }

    private static double[] row(float[] matrix, int row, int columns) {
        double[] values = new double[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = matrix[row * columns + i];
        }
        return values;
    }

    private static void add(double[] into, double[] values) {
        for (int i = 0; i < into.length; i++) {
            into[i] += values[i];
        }
    }
}
