package dev.darkroom.emulator.server;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.AsyncMapping;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.tcp.SslProvider;

/**
 * Which certificate a TLS connection gets: asked once by each handshake, on its event loop, when the
 * client's first words have been read. Each has a context of its own, so that no session of a good one is resumed by a bad one.
 */
final class TlsIdentities implements AsyncMapping<String, SslProvider> {

    private static final Duration DAY = Duration.ofDays(1);

    private final CertificateAuthority authority = new CertificateAuthority("Darkroom emulator, for tests only");
    private final SslContext good;
    private final SslProvider right;
    private final SslProvider wrongHost;
    private final SslProvider expired;
    private final SslProvider untrusted;

    TlsIdentities() {
        var now = Instant.now();
        good = context(authority.issue("localhost", now.minus(DAY), now.plus(DAY.multipliedBy(90))));
        right = provider(good);
        wrongHost = provider(context(authority.issue("elsewhere.example", now.minus(DAY), now.plus(DAY))));
        expired = provider(context(authority.issue("localhost", now.minus(DAY.multipliedBy(2)), now.minus(DAY))));
        untrusted =
                provider(context(new CertificateAuthority("nobody").issue("localhost", now.minus(DAY), now.plus(DAY))));
    }

    /** What clients have to trust. */
    X509Certificate authority() {
        return authority.certificate();
    }

    SslContext usual() {
        return good;
    }

    @Override
    public Future<SslProvider> map(@Nullable String host, Promise<SslProvider> promise) {
        return promise.setSuccess(
                switch (HandshakeFault.passing()) {
                    case WRONG_HOST -> wrongHost;
                    case EXPIRED_CERTIFICATE -> expired;
                    case UNTRUSTED_CERTIFICATE -> untrusted;
                    default -> right;
                });
    }

    private static SslProvider provider(SslContext context) {
        return SslProvider.builder().sslContext(context).build();
    }

    private static SslContext context(CertificateAuthority.Issued identity) {
        try {
            return SslContextBuilder.forServer(identity.key(), identity.certificate())
                    .sslProvider(io.netty.handler.ssl.SslProvider.JDK)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            "h2",
                            "http/1.1"))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }
}
