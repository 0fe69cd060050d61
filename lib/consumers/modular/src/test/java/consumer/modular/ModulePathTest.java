package consumer.modular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.darkroom.Gateways;
import dev.darkroom.ImageClient;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.image.ImageEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The client as a named module, used by another one. */
class ModulePathTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    @Test
    void aPictureComesOverTlsOnTheModulePath() throws Exception {
        try (var gateway = new SecureGateway(folder, PNG)) {
            var image = Painter.paint(gateway.url(), gateway.trust());
            assertEquals("image/png", image.mediaType());
            assertArrayEquals(PNG, image.toByteArray());
        }
    }

    @Test
    void theGatewaysAreFoundOnTheModulePath() {
        var names = Gateways.all().stream().map(GatewayProvider::name).toList();
        assertTrue(names.containsAll(List.of("openrouter", "openai", "ark", "minimax", "myrouter", "token360")), names::toString);
    }

    @Test
    void aMapperThatLooksForModulesWritesEventsOnTheModulePath() {
        var mapper = JsonMapper.builder().findAndAddModules().build();
        var json = mapper.writeValueAsString(ImageEvent.completed(PNG));
        assertTrue(json.contains("\"base64\":\"iVBORw0KGgoAAAAA\""), json);
    }

    @Test
    void theClientIsANamedModuleAndItsInsideStaysInside() {
        var client = ImageClient.class.getModule();
        assertEquals("dev.darkroom.client", client.getName());
        assertTrue(client.isExported("dev.darkroom.image"));
        var inside = client.getPackages().stream()
                .filter(name -> name.startsWith("dev.darkroom.internal"))
                .toList();
        assertFalse(inside.isEmpty());
        assertTrue(inside.stream().noneMatch(name -> client.isExported(name, getClass().getModule())));
        assertTrue(client.getPackages().stream()
                .filter(name -> !name.startsWith("dev.darkroom.internal"))
                .allMatch(client::isExported));
    }
}
