package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.desk.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One generation.
 *
 * @param id its handle
 * @param order what was asked for
 * @param at when it was accepted
 * @param bill what it cost, null while it is made and if nothing came of it
 * @param cancelled whether the client went away
 * @param took milliseconds from start to end
 */
record Generation(
        String id, Order order, Instant at, @Nullable Bill bill, boolean cancelled, long took) {

    private static final Bill NOTHING = new Bill(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

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

    ObjectNode json() {
        var bill = this.bill == null ? NOTHING : this.bill;
        var data = Json.object()
                .put("created_at", at.toString())
                .put("model", order.model().id())
                .put("streamed", order.stream())
                .put("cancelled", cancelled)
                .put("latency", 0)
                .put("generation_time", took)
                .put("tokens_prompt", bill.promptTokens())
                .put("tokens_completion", bill.completionTokens())
                .put("native_tokens_prompt", bill.promptTokens())
                .put("native_tokens_completion", bill.completionTokens())
                .put("native_tokens_completion_images", bill.completionTokens())
                .put("num_media_prompt", order.references().size())
                .put("num_media_completion", this.bill == null ? 0 : order.n())
                .put("is_byok", false)
                .put("finish_reason", this.bill == null ? null : "complete");
        data.putRawValue("usage", Dollars.of(bill.cost()));
        data.put("api_type", "image").put("id", id).put("origin", "").put("data_region", "global");
        UNKNOWN.forEach(data::putNull);
        data.putArray("provider_responses")
                .addObject()
                .put("is_byok", false)
                .put("latency", took)
                .put("model_permaslug", order.model().id())
                .put("provider_name", order.model().provider())
                .put("status", 200);
        data.putRawValue("total_cost", Dollars.of(bill.cost()));
        data.put("provider_name", order.model().provider());
        var json = Json.object();
        json.set("data", data);
        return json;
    }
}
