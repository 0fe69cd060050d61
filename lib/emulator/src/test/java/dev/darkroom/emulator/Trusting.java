package dev.darkroom.emulator;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Opens connections by TLS.
 *
 * @param context whom they trust
 * @param port where to
 * @param checking whether the certificate must be for the host
 */
record Trusting(SSLContext context, int port, boolean checking) {

    /** Those of an emulator, and nobody else. */
    static Trusting of(RunningEmulator emulator) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("emulator", emulator.certificateAuthority());
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return new Trusting(
                    context(factory.getTrustManagers()),
                    emulator.tlsBaseUrl("openai").getPort(),
                    true);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever it is. */
    static Trusting everybody() {
        return new Trusting(context(new TrustManager[] {new Everybody()}), 0, false);
    }

    private static SSLContext context(TrustManager[] trusted) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLSocket socket(String protocol) throws IOException {
        return connect(port, protocol);
    }

    /** Not yet greeted. */
    SSLSocket connect(int where, String protocol) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getByName("localhost"), where);
        var parameters = new SSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        if (checking) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** One which keeps each byte that comes, as it comes. */
    SSLSocket recorded(ByteArrayOutputStream wire) throws IOException {
        var plain = new Socket(InetAddress.getByName("localhost"), port) {
            @Override
            public InputStream getInputStream() throws IOException {
                var in = super.getInputStream();
                return new FilterInputStream(in) {
                    @Override
                    public int read() throws IOException {
                        var one = new byte[1];
                        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                    }

                    @Override
                    public int read(byte[] bytes, int from, int length) throws IOException {
                        int count = in.read(bytes, from, length);
                        wire.write(bytes, from, Math.max(0, count));
                        return count;
                    }
                };
            }
        };
        plain.setSoTimeout(60_000);
        return (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
    }

    private static final class Everybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
