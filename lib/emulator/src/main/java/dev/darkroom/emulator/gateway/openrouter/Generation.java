package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One generation.
 *
 * @param id its handle
 * @param request what was asked for
 * @param at when it was accepted
 * @param usage what it cost, null while it is made and if nothing came of it
 * @param cancelled whether the client went away
 * @param ended when it ended, null while it is made
 */
record Generation(
        String id,
        ImageRequest request,
        Instant at,
        @Nullable UsageAndCost usage,
        boolean cancelled,
        @Nullable Instant ended) {

    private static final UsageAndCost NOTHING = new UsageAndCost(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

    /** What the router sends as null for an image. */
    private static final List<String> UNKNOWN = List.of(
            "app_id",
            "cache_discount",
            "external_user",
            "http_referer",
            "moderation_latency",
            "native_finish_reason",
            "native_tokens_cached",
            "native_tokens_reasoning",
            "num_fetches",
            "num_input_audio_prompt",
            "num_search_results",
            "preset_id",
            "router",
            "service_tier",
            "upstream_id",
            "upstream_inference_cost",
            "user_agent",
            "web_search_engine",
            "workspace_id");

    boolean isKnown(Instant now, Duration delay) {
        return ended != null && !now.isBefore(ended.plus(delay));
    }

    private long took() {
        return ended == null ? 0 : Duration.between(at, ended).toMillis();
    }

    ObjectNode json() {
        var usage = this.usage == null ? NOTHING : this.usage;
        var data = Json.object()
                .put("created_at", at.toString())
                .put("model", request.model().id())
                .put("streamed", request.stream())
                .put("cancelled", cancelled)
                .put("latency", 0)
                .put("generation_time", took())
                .put("tokens_prompt", usage.promptTokens())
                .put("tokens_completion", usage.completionTokens())
                .put("native_tokens_prompt", usage.promptTokens())
                .put("native_tokens_completion", usage.completionTokens())
                .put("native_tokens_completion_images", usage.completionTokens())
                .put("num_media_prompt", request.references().size())
                .put("num_media_completion", this.usage == null ? 0 : request.n())
                .put("is_byok", false)
                .put("finish_reason", this.usage == null ? null : "complete");
        data.putRawValue("usage", Dollars.of(usage.cost()));
        data.put("api_type", "image").put("id", id).put("origin", "").put("data_region", "global");
        UNKNOWN.forEach(data::putNull);
        data.put("session_id", request.session()).put("request_id", "req-" + id.substring("gen-".length()));
        data.putArray("provider_responses")
                .addObject()
                .put("is_byok", false)
                .put("latency", took())
                .put("model_permaslug", request.model().id())
                .put("provider_name", request.model().provider())
                .put("status", 200);
        data.putRawValue("total_cost", Dollars.of(usage.cost()));
        data.put("provider_name", request.model().provider());
        var json = Json.object();
        json.set("data", data);
        return json;
    }
}
