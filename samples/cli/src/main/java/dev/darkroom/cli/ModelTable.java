package dev.darkroom.cli;

import dev.darkroom.image.Capability;
import dev.darkroom.image.ModelInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The models of a gateway, a line or a few for each. */
final class ModelTable {

    private static final Set<String> COLUMNS_OF_THEIR_OWN = Set.of("n", "input_references");

    private ModelTable() {}

    static String of(List<ModelInfo> models) {
        var table = new Table("MODEL", "PREVIEWS", "IMAGES", "REFERENCES", "TAKES");
        for (var model : models) {
            var parameters = model.supportedParameters();
            table.row(
                    model.id(),
                    model.supportsStreaming() ? "yes" : "no",
                    most(parameters, "n", "1"),
                    most(parameters, "input_references", "none"),
                    parameters.keySet().stream()
                            .filter(name -> !COLUMNS_OF_THEIR_OWN.contains(name))
                            .collect(Collectors.joining(" ")));
        }
        return table.toString();
    }

    private static String most(Map<String, Capability> parameters, String name, String otherwise) {
        var capability = parameters.get(name);
        if (capability instanceof Capability.Range range) {
            return "up to " + range.max().toPlainString();
        }
        return capability == null ? otherwise : "yes";
    }
}
