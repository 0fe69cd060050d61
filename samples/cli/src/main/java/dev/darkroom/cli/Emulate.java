package dev.darkroom.cli;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code darkroom emulate}: an image router for the programs of this machine. */
@Command(
        name = "emulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Serves an image router on this machine until it is stopped (Ctrl-C): real pictures, no key, no bill.",
        footer = {
            "",
            "Any key which starts with sk- is accepted. Faults are ordered for the next requests, or by a request for itself:",
            "  darkroom emulate --fault \"reset; bytes=1200; times=3\"",
            "  X-Emulator-Fault: rate-limit; retry-after=2; times=1"
        })
final class Emulate implements Callable<Integer> {

    private final ProcessContext process;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen (default: any free port).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Which address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
    private String host = "127.0.0.1";

    @Option(
            names = "--quota",
            paramLabel = "N/DURATION",
            description = "How many requests a key may make: 10/s, 60/min, 20/10s (default: any number).")
    private @Nullable RequestRate quota;

    @Option(
            names = "--latency",
            paramLabel = "DURATION",
            description = "How long an image takes, spread over its previews (default: as fast as it can be drawn).")
    private @Nullable Duration latency;

    @Option(
            names = "--partials",
            paramLabel = "N",
            description = "Previews of each streamed image, 0 to 20 (default: ${DEFAULT-VALUE}).")
    private int partials = 3;

    @Option(
            names = "--shrink",
            paramLabel = "N",
            description = "Draw each side of a picture N times shorter than asked for, 1 to 256 (default:"
                    + " ${DEFAULT-VALUE}); nothing else changes.")
    private int shrink = 1;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "What goes wrong with the next request, or with several of them (times=3); one of those in"
                    + " lib/emulator/README.md. May be repeated: each request takes one, in this order.")
    private List<String> faults = List.of();

    @Option(
            names = "--tls",
            paramLabel = "FILE",
            description =
                    "Serve by TLS as well, with HTTP/1.1 and HTTP/2, and write to this file whom clients have to trust"
                            + " (PEM).")
    private @Nullable Path tls;

    @Option(
            names = "--tls-port",
            paramLabel = "PORT",
            description = "Where to listen for TLS (default: any free port).")
    private int tlsPort;

    @Option(names = "--models", description = "List the models that it knows, for each gateway, and serve nothing.")
    private boolean models;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Seed of the pictures whose request names none.")
    private long seed;

    Emulate(ProcessContext process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        try (var emulator = start()) {
            var out = process.out();
            if (models) {
                emulator.gateways()
                        .forEach(gateway ->
                                emulator.models(gateway).forEach(model -> out.println(line(gateway, model))));
                return ExitStatus.DONE;
            }
            emulator.gateways().forEach(gateway -> out.println(line(gateway, emulator.baseUrl(gateway))));
            if (tls != null) {
                trust(emulator, tls);
                emulator.gateways().forEach(gateway -> out.println(line(gateway, emulator.tlsBaseUrl(gateway))));
            }
            process.err().println("darkroom: serving until stopped (Ctrl-C)");
            process.interruptSignal().signal().block();
            return ExitStatus.INTERRUPTED;
        }
    }

    private static String line(String gateway, Object what) {
        return String.format("%-16s  %s", gateway, what);
    }

    private void trust(RunningEmulator emulator, Path file) {
        try {
            var der = emulator.certificateAuthority().getEncoded();
            var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
        } catch (IOException | CertificateEncodingException e) {
            throw new ParameterException(spec.commandLine(), "cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private RunningEmulator start() {
        try {
            var plans = faults.stream().map(FaultHeader::parse).toArray(Fault.Plan[]::new);
            var emulator = emulator().start();
            emulator.enqueue(plans);
            return emulator;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new ParameterException(
                    spec.commandLine(), "cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private ImageEmulator emulator() {
        var emulator = ImageEmulator.create()
                .host(host)
                .port(port)
                .tlsPort(tlsPort)
                .partials(partials)
                .shrink(shrink)
                .seed(seed);
        emulator = quota == null ? emulator : emulator.quota(quota.requests(), quota.period());
        return latency == null ? emulator : emulator.latency(latency);
    }
}
