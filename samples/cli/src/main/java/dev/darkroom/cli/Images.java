package dev.darkroom.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code darkroom images}: what a gateway keeps. Without a command it explains itself. */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Lists, fetches and deletes the images which the gateway keeps for your key. token360 keeps some.",
        footer = {
            "",
            "The emulator inside forgets its images when the program ends. To try this",
            "without a key, let one run with 'darkroom emulate --port 8081', and then:",
            "  export TOKEN360_API_KEY=sk-test",
            "  U=http://127.0.0.1:8081/token360/v1",
            "  darkroom generate \"a fox\" --provider token360 --base-url $U",
            "  darkroom images list --base-url $U"
        })
final class Images implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    static CommandLine commandLine(ProcessContext process) {
        return new CommandLine(new Images())
                .addSubcommand(new ListImages(process))
                .addSubcommand(new GetImage(process))
                .addSubcommand(new DeleteImages(process));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
