package dev.darkroom.cli;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program. Without a command it explains itself. */
@Command(
        name = "darkroom",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Generate images and watch them develop.",
        footer = {
            "",
            "Without a key and a base URL the emulator inside answers, so this works right away:",
            "  darkroom generate \"a lighthouse at dawn\""
        })
public final class Darkroom implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Darkroom() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.exit(run(ProcessContext.ofThisProcess(), args));
    }

    static int run(ProcessContext process, String... args) {
        try (process) {
            return commandLine(process).execute(args);
        }
    }

    private static CommandLine commandLine(ProcessContext process) {
        var images = Images.commandLine(process);
        var commandLine = new CommandLine(new Darkroom())
                .addSubcommand(new Generate(process))
                .addSubcommand(new Batch(process))
                .addSubcommand(new Models(process))
                .addSubcommand(images)
                .addSubcommand(new Emulate(process))
                .setOut(process.out())
                .setErr(process.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(CommandErrors::usage)
                .setExecutionExceptionHandler(CommandErrors::unexpected);
        for (var painting : List.of("generate", "batch")) {
            GatewayFlags.addTo(
                    Objects.requireNonNull(commandLine.getSubcommands().get(painting))
                            .getCommandSpec());
        }
        Stream.concat(
                        Stream.of("generate", "batch", "models").map(commandLine.getSubcommands()::get),
                        images.getSubcommands().values().stream())
                .forEach(Darkroom::explainExitCodes);
        return Conversions.register(commandLine);
    }

    private static void explainExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitStatus.EXIT_CODES);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
