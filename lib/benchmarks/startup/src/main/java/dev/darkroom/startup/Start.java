package dev.darkroom.startup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One start of the application in a process of its own.
 *
 * @param millis from the start of the JVM until the application was ready
 * @param cpuMillis what all threads of the process had spent by then, which hardly depends on how busy the machine is
 */
record Start(long millis, long cpuMillis) {

    private static final Pattern OURS =
            Pattern.compile("(^|/)(darkroom-(client|spring-boot-starter)-|lib/(client|spring-boot-starter)/target/)");

    static Start of(String web, boolean withStarter) throws IOException, InterruptedException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        withStarter || !OURS.matcher(entry.replace('\\', '/')).find())
                .collect(Collectors.joining(File.pathSeparator));
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        classPath,
                        Application.class.getName(),
                        "--spring.main.web-application-type=" + web,
                        "--server.port=0",
                        "--logging.level.root=warn",
                        "--spring.main.banner-mode=off",
                        "--darkroom.api-key=sk-test"))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        var words = said.lines()
                .filter(line -> line.startsWith(Application.READY))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("it did not start:\n" + said))
                .split(" ");
        if (withStarter != words[3].equals("1")) {
            throw new IllegalStateException("a client where there must be none, or none where there must be one");
        }
        return new Start(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
