/** Spans of what models are asked, by OpenTelemetry's conventions for generative AI; never the texts of prompts or answers. */
@NullMarked
package dev.paddock.kit.telemetry;

import org.jspecify.annotations.NullMarked;
