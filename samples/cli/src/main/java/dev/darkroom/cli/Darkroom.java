package dev.darkroom.cli;

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
        System.exit(run(Surroundings.ofThisProcess(), args));
    }

    static int run(Surroundings surroundings, String... args) {
        try (surroundings) {
            return commandLine(surroundings).execute(args);
        }
    }

    private static CommandLine commandLine(Surroundings surroundings) {
        var images = Images.commandLine(surroundings);
        var commandLine = new CommandLine(new Darkroom())
                .addSubcommand(new Generate(surroundings))
                .addSubcommand(new Models(surroundings))
                .addSubcommand(images)
                .addSubcommand(new Emulate(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Mistakes::usage)
                .setExecutionExceptionHandler(Mistakes::unexpected);
        Stream.concat(
                        Stream.of("generate", "models").map(commandLine.getSubcommands()::get),
                        images.getSubcommands().values().stream())
                .forEach(Darkroom::explainExitCodes);
        return Conversions.register(commandLine);
    }

    private static void explainExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(Ending.EXIT_CODES);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
