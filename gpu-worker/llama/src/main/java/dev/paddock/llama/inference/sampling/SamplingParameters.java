package dev.paddock.llama.inference.sampling;

import java.util.Map;

/**
 * How the next token is chosen. The filters work one after another on what the one before left, in the order top-k, top-p, min-p,
 * typical, after the temperature.
 *
 * @param temperature 0 (greedy) to 2; logits are divided by it
 * @param topP share of the probability mass kept, above 0 to 1 (nucleus sampling, Holtzman et al. 2020, arXiv:1904.09751)
 * @param topK number of likeliest tokens kept; 0 keeps all
 * @param minP 0 to 1; tokens less likely than this share of the likeliest one's probability are left out (Nguyen et al. 2024,
 *     arXiv:2407.01082); 0 keeps all
 * @param typicalP share of the mass kept of tokens whose information is nearest to the entropy, above 0 to 1 (locally typical
 *     sampling, Meister et al. 2022, arXiv:2202.00666); 1 keeps all
 * @param repetitionPenalty above 0 to 10; divides positive and multiplies negative logits of tokens in prompt or answer (Keskar et
 *     al. 2019, arXiv:1909.05858); 1 does nothing
 * @param presencePenalty -2 to 2; taken once from the logit of every token already answered
 * @param frequencyPenalty -2 to 2; taken from a token's logit as often as it was answered
 * @param logitBias token id to -100 … 100, added to its logit
 * @param seed the same seed and parameters give the same tokens for the same logits
 */
public record SamplingParameters(
        double temperature,
        double topP,
        int topK,
        double minP,
        double typicalP,
        double repetitionPenalty,
        double presencePenalty,
        double frequencyPenalty,
        Map<Integer, Double> logitBias,
        long seed) {

    /** @throws SamplingRangeException for a parameter out of its range */
    public SamplingParameters {
        check("temperature", temperature, temperature >= 0 && temperature <= 2, "0 to 2");
        check("topP", topP, topP > 0 && topP <= 1, "above 0 and at most 1");
        check("topK", topK, topK >= 0, "0 (all) or more");
        check("minP", minP, minP >= 0 && minP <= 1, "0 (all) to 1");
        check("typicalP", typicalP, typicalP > 0 && typicalP <= 1, "above 0 and at most 1");
        check(
                "repetitionPenalty",
                repetitionPenalty,
                repetitionPenalty > 0 && repetitionPenalty <= 10,
                "above 0 to 10");
        check("presencePenalty", presencePenalty, Math.abs(presencePenalty) <= 2, "-2 to 2");
        check("frequencyPenalty", frequencyPenalty, Math.abs(frequencyPenalty) <= 2, "-2 to 2");
        logitBias.forEach((token, bias) -> check("logitBias", bias, Math.abs(bias) <= 100, "-100 to 100"));
        logitBias = Map.copyOf(logitBias);
    }

    /** Always the likeliest token. */
    public static SamplingParameters greedy() {
        return sampled(0, 1, 0, 0);
    }

    /** Sampling without penalties. */
    public static SamplingParameters sampled(double temperature, double topP, int topK, long seed) {
        return new SamplingParameters(temperature, topP, topK, 0, 1, 1, 0, 0, Map.of(), seed);
    }

    /** The same with the filters min-p and typical. */
    public SamplingParameters filtered(double leastShare, double typicalMass) {
        return new SamplingParameters(
                temperature,
                topP,
                topK,
                leastShare,
                typicalMass,
                repetitionPenalty,
                presencePenalty,
                frequencyPenalty,
                logitBias,
                seed);
    }

    private static void check(String name, double value, boolean holds, String rule) {
        if (!holds) {
            throw new SamplingRangeException(name, value, rule);
        }
    }
}
