package dev.darkroom.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.PostcardJar;
import dev.darkroom.testsupport.PostcardOffice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway of somebody else's, in a jar beside the page. */
class PostcardJarTest {

    @TempDir
    private Path folder;

    @Test
    void aJarOnTheClassPathIsWhoPaintsOnThePage() throws IOException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var office = new PostcardOffice();
                var loader = PostcardJar.loader(PostcardJar.in(folder))) {
            thread.setContextClassLoader(loader);
            try (var context = PreviewApplication.application()
                            .run(
                                    "--server.port=0",
                                    "--darkroom.provider=postcard",
                                    "--darkroom.base-url=" + office.baseUrl(),
                                    "--darkroom.options.postcard.stamp=85",
                                    "--POSTCARD_API_KEY=one-penny");
                    var visitor =
                            new Visitor(context.getEnvironment().getRequiredProperty("local.server.port", int.class))) {
                var offer = new String(visitor.get("/api/models").getBody(), StandardCharsets.UTF_8);
                assertThat(offer).contains("\"gateway\":\"postcard\"", "\"preferred\":\"any\"");
                var id = visitor.post("{\"prompt\": \"greetings\", \"model\": \"any\"}")
                        .getBody()
                        .get("id")
                        .asInt();
                var done = visitor.await(id, "done");
                assertThat(done.get("images")).hasSize(1);
                assertThat(office.letters()).containsExactly("greetings from one-penny for 85");
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
