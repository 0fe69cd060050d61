package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ResponseFormat;
import java.util.Map;

/** What OpenRouter's Image API knows beside what every gateway takes. */
public final class OpenRouter {

    /** Its name in the list of gateways. */
    public static final String NAME = "openrouter";

    /**
     * The header that names the URL of your application, for its rankings:
     *
     * <pre>{@code
     * images.header(OpenRouter.ATTRIBUTION_URL, "https://example.org").header(OpenRouter.ATTRIBUTION_TITLE, "Example")
     * }</pre>
     */
    public static final String ATTRIBUTION_URL = "HTTP-Referer";

    /** The header that names your application, for its rankings; visible ASCII. */
    public static final String ATTRIBUTION_TITLE = "X-OpenRouter-Title";

    /** Which providers it may use; as text, the JSON object that it calls {@code provider}. */
    public static final ImageOption<ProviderRouting> ROUTING = ImageOption.of(
            "provider",
            ProviderRouting.class,
            ProviderRouting::parse,
            ProviderRouting::json,
            "Which providers may be used: {\"only\":[\"openai\"],\"sort\":\"price\"}.");

    /** Which requests belong together in its logs; at most 256 characters. */
    public static final ImageOption<String> SESSION_ID =
            ImageOption.text("session_id", "Groups requests in the logs; at most 256 characters.");

    /**
     * JSON values by name, for its observability: {@code trace_id}, {@code trace_name}, {@code span_name},
     * {@code generation_name}, {@code parent_span_id}; any other is kept.
     */
    public static final ImageOption<Map<String, ?>> TRACE =
            ImageOption.json("trace", "For its observability: {\"trace_id\":\"abc\"}.");

    /** Bytes, which are all it sends: said or unsaid, {@link ResponseFormat#BASE64} is the same, and any other is refused. */
    public static final ImageOption<ResponseFormat> RESPONSE_FORMAT = SharedOptions.RESPONSE_FORMAT;

    private OpenRouter() {}
}
