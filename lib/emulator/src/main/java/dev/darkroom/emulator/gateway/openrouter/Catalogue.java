package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.openrouter.Model.Price;
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
 *
 * <p>Each entry there is the model's {@code listing} and {@code endpoint} as sent, its {@code prices} (billable, unit,
 * dollars) and its {@code behaviour}, which is not sent: the default format, whether {@code created} is 0, and
 * parameters it takes without listing them.
 */
final class Catalogue {

    private final Map<String, Model> models = new LinkedHashMap<>();

    private Catalogue(JsonNode json) {
        json.valueStream().map(Model::read).forEach(model -> models.put(model.id(), model));
    }

    static Catalogue load() {
        try (InputStream in =
                Objects.requireNonNull(Catalogue.class.getResourceAsStream("catalogue.json"), "catalogue.json")) {
            return new Catalogue(Json.read(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    static ObjectNode copy(JsonNode object) {
        return (ObjectNode) object.deepCopy();
    }

    static ObjectNode endpoints(String id, ObjectNode endpoint, List<Price> prices) {
        var lines = endpoint.putArray("pricing");
        for (var price : prices) {
            var line = lines.addObject().put("billable", price.billable()).put("unit", price.unit());
            line.putRawValue("cost_usd", Dollars.of(price.dollars()));
        }
        var json = Json.object().put("id", id);
        json.putArray("endpoints").add(endpoint);
        return json;
    }
}
