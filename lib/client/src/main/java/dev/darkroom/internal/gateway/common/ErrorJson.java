package dev.darkroom.internal.gateway.common;

import tools.jackson.databind.json.JsonMapper;

/**
 * What reads the body of a failure. Jackson prepares the reading of a type under a lock, for which the event loop of a first refusal
 * would wait; so it is prepared here, when {@link ErrorRules} are first loaded.
 */
final class ErrorJson {

    static final JsonMapper MAPPER = prepared(JsonMapper.shared());

    private ErrorJson() {}

    private static JsonMapper prepared(JsonMapper mapper) {
        mapper.readTree("{}");
        return mapper;
    }
}
