package consumer.modular;

import dev.darkroom.ImageClient;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageRequest;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** Asks for one picture over TLS. */
public final class Painter {

    private Painter() {}

    /**
     * Asks and waits.
     *
     * @param url where the gateway is
     * @param trust whom to trust
     * @return the picture
     */
    public static GeneratedImage paint(String url, TrustManagerFactory trust) throws SSLException {
        var tls = SslContextBuilder.forClient().trustManager(trust).build();
        var images = ImageClient.openAi("sk-test")
                .baseUrl(url)
                .customize(http -> http.secure(secure -> secure.sslContext(tls)));
        try {
            return images.result(ImageRequest.of("gpt-image-1-mini", "a lighthouse at dawn"))
                    .block()
                    .first();
        } finally {
            images.close();
        }
    }
}
