package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of gateways: ours, strangers', and what is wrong with some of them. */
class GatewaysTest {

    private static final String SERVICE = "META-INF/services/" + GatewayProvider.class.getName();

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void oursStandInTheListWithAllThatIsNeededForAFirstPicture() {
        assertThat(Gateways.all())
                .extracting(GatewayProvider::name)
                .containsExactly(
                        "openrouter",
                        "token360",
                        "token360-native",
                        "myrouter",
                        "openai",
                        "azure",
                        "openai-responses",
                        "ark",
                        "byteplus",
                        "minimax",
                        "gemini",
                        "chat-completions",
                        "dashscope");
        assertThat(Gateways.all()).allSatisfy(provider -> {
            assertThat(provider.keyVariable()).matches("[A-Z0-9_]+_API_KEY");
            assertThat(provider.defaultModel()).isNotBlank();
            assertThat(provider.displayName()).isNotBlank();
            assertThat(provider.getClass().getSuperclass()).isEqualTo(Object.class);
            assertThat(ImageClient.named(provider.name(), "sk-1"))
                    .asString()
                    .contains(provider.dialect().name());
        });
    }

    @Test
    void aNameIsFoundHoweverItIsWritten() {
        assertThat(Gateways.named("OPENROUTER").name()).isEqualTo("openrouter");
        assertThat(Gateways.named("Token360_Native").name()).isEqualTo("token360-native");
        assertThat(Gateways.named("byteplus").dialect().baseUrl()).hasHost("ark.ap-southeast.bytepluses.com");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageClient.named("opnrouter", "sk-1"))
                .withMessageContaining("no gateway 'opnrouter'")
                .withMessageContaining("openrouter, token360");
    }

    @Test
    void aStrangersGatewayIsFoundByTheThreadsLoader() throws IOException {
        register(Stranger.class.getName());
        assertThat(Gateways.all()).last().extracting(GatewayProvider::name).isEqualTo("stranger");
        assertThat(Gateways.named("stranger").keyVariable()).isEqualTo("STRANGER_API_KEY");
        assertThat(Gateways.named("stranger").displayName()).isEqualTo("stranger");
    }

    @Test
    void aBrokenProviderIsSkippedAndTheOthersStay() throws IOException {
        register(
                "no.such.Class",
                String.class.getName(),
                Throwing.class.getName(),
                Nameless.class.getName(),
                Shouting.class.getName(),
                Stillborn.class.getName(),
                Stranger.class.getName());
        assertThat(Gateways.all())
                .hasSize(ours() + 1)
                .last()
                .extracting(GatewayProvider::name)
                .isEqualTo("stranger");
    }

    @Test
    void oursWinAClashOfNames() throws IOException {
        register(Impostor.class.getName(), Lookalike.class.getName());
        assertThat(Gateways.named("ark").displayName()).isEqualTo("Volcengine Ark");
        assertThat(Gateways.all()).hasSize(ours());
    }

    private static int ours() {
        return (int) ServiceLoader.load(GatewayProvider.class, Gateways.class.getClassLoader()).stream()
                .count();
    }

    private void register(String... classes) throws IOException {
        var file = folder.resolve(SERVICE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", classes));
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, before));
    }

    /** A gateway that nobody knows. */
    public static class Stranger implements GatewayProvider {

        @Override
        public String name() {
            return "stranger";
        }

        @Override
        public String defaultModel() {
            return "any";
        }

        @Override
        public Dialect dialect() {
            throw new UnsupportedOperationException("nobody asks");
        }
    }

    /** Cannot say its name. */
    public static final class Throwing extends Stranger {
        @Override
        public String name() {
            throw new IllegalStateException("no name today");
        }
    }

    /** Has none. */
    public static final class Nameless extends Stranger {
        @Override
        public String name() {
            return "";
        }
    }

    /** Has one that no property could have. */
    public static final class Shouting extends Stranger {
        @Override
        public String name() {
            return "STRANGER!";
        }
    }

    /** Lacks something that it needs. */
    public static final class Stillborn extends Stranger {
        /** For the service loader. */
        public Stillborn() {
            throw new NoClassDefFoundError("something/Missing");
        }
    }

    /** Would like to be given Ark's keys. */
    public static final class Impostor extends Stranger {
        @Override
        public String name() {
            return "ark";
        }
    }

    /** Would like to be given OpenAI's. */
    public static final class Lookalike extends Stranger {
        @Override
        public String name() {
            return "open-ai";
        }
    }
}
