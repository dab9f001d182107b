package dev.paddock.kit.telemetry;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/** Attributes of OpenTelemetry's semantic conventions for generative AI, and this suite's own beside them. */
public final class GenAi {
    public static final String PROVIDER = "paddock";

    public static final AttributeKey<String> OPERATION_NAME = stringKey("gen_ai.operation.name");
    public static final AttributeKey<String> PROVIDER_NAME = stringKey("gen_ai.provider.name");
    public static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
    public static final AttributeKey<Long> REQUEST_MAX_TOKENS = longKey("gen_ai.request.max_tokens");
    public static final AttributeKey<Double> REQUEST_TEMPERATURE = doubleKey("gen_ai.request.temperature");
    public static final AttributeKey<Double> REQUEST_TOP_P = doubleKey("gen_ai.request.top_p");
    public static final AttributeKey<Double> REQUEST_TOP_K = doubleKey("gen_ai.request.top_k");
    public static final AttributeKey<Double> REQUEST_PRESENCE_PENALTY = doubleKey("gen_ai.request.presence_penalty");
    public static final AttributeKey<Double> REQUEST_FREQUENCY_PENALTY = doubleKey("gen_ai.request.frequency_penalty");
    public static final AttributeKey<Long> REQUEST_SEED = longKey("gen_ai.request.seed");
    public static final AttributeKey<Long> REQUEST_CHOICE_COUNT = longKey("gen_ai.request.choice.count");
    public static final AttributeKey<String> OUTPUT_TYPE = stringKey("gen_ai.output.type");
    public static final AttributeKey<String> RESPONSE_ID = stringKey("gen_ai.response.id");
    public static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
    public static final AttributeKey<List<String>> RESPONSE_FINISH_REASONS =
            stringArrayKey("gen_ai.response.finish_reasons");
    public static final AttributeKey<Long> USAGE_INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
    public static final AttributeKey<Long> USAGE_OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
    public static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

    public static final AttributeKey<String> TENANT = stringKey("paddock.tenant");
    public static final AttributeKey<String> ADAPTER = stringKey("paddock.adapter");
    /** Beams of a search. */
    public static final AttributeKey<Long> BEAMS = longKey("paddock.beams");

    public static final AttributeKey<String> POLICY = stringKey("paddock.policy");
    /** Seconds, as vLLM's spans have them. */
    public static final AttributeKey<Double> TIME_IN_QUEUE = doubleKey("gen_ai.latency.time_in_queue");

    /** Seconds, as vLLM's spans have them. */
    public static final AttributeKey<Double> TIME_TO_FIRST_TOKEN = doubleKey("gen_ai.latency.time_to_first_token");

    private GenAi() {}
}
