package dev.pitcrew.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/// What is sent back.
///
/// @param kind of the content
/// @param headers besides those that every answer has
record Answer(int status, String kind, String body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String HTML = "text/html; charset=utf-8";
    static final String PLAIN = "text/plain; charset=utf-8";
    static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    static Answer of(int status, String kind, String text) {
        return new Answer(status, kind, text, Map.of());
    }

    static Answer json(int status, Object value, JsonMapper json) {
        try {
            return new Answer(
                    status,
                    JSON,
                    json.writeValueAsString(value),
                    Map.of("Content-Disposition", "attachment; filename=\"api.json\""));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is always JSON", e);
        }
    }

    /// To another page of the console, after something was done.
    static Answer seeOther(String path, Map<String, String> headers) {
        var all = new java.util.TreeMap<>(headers);
        all.put("Location", path);
        return new Answer(303, PLAIN, "", all);
    }
}
