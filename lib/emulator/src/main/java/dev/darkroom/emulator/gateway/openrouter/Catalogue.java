package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The models on offer, from the resource {@code catalogue.json} beside this class.
 */
final class Catalogue {

    private final Map<String, Model> models = new LinkedHashMap<>();

    private Catalogue(JsonNode json) {
        json.valueStream().map(ModelReader::read).forEach(model -> models.put(model.id(), model));
    }

    static Catalogue load() {
        try (InputStream in =
                Objects.requireNonNull(Catalogue.class.getResourceAsStream("catalogue.json"), "catalogue.json")) {
            return new Catalogue(Json.read(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> ids() {
        return List.copyOf(models.keySet());
    }

    Optional<Model> find(String id) {
        return Optional.ofNullable(models.get(id));
    }

    ObjectNode listing() {
        var json = Json.object();
        var data = json.putArray("data");
        models.values().forEach(model -> data.add(model.listing()));
        return json;
    }
}
