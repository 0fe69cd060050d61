package dev.darkroom.cli;

import dev.darkroom.Gateways;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A flag for every option of a gateway that has none by hand: named and described as the option is, its value read as the option
 * reads it. What another gateway than the chosen one takes is for the client to refuse.
 */
final class GatewayFlags {

    /** Those which stand there under other names. */
    private static final Set<String> BY_HAND = Set.of("n", "references", "provider");

    /** One of a gateway that a jar brings has its prefix, and goes by {@code --option}. */
    private static final String OURS = "[a-z][a-z0-9_]*";

    private GatewayFlags() {}

    static void addTo(CommandSpec command) {
        options()
                .filter(option -> command.findOption(flag(option)) == null)
                .toList()
                .forEach(option -> command.addOption(OptionSpec.builder(flag(option))
                        .type(String.class)
                        .paramLabel(label(option))
                        .description(option.description())
                        .build()));
    }

    /** What was said by such a flag. */
    record Said(ImageOption<?> option, String value) {}

    /** What was said by these flags, which may be nothing. */
    static List<Said> said(ParseResult words) {
        return options()
                .flatMap(option -> Stream.ofNullable(words.matchedOption(flag(option)))
                        .filter(spec -> spec.userObject() == null)
                        .map(spec -> new Said(option, spec.getValue())))
                .toList();
    }

    /** The request with that. */
    static ImageRequest on(ImageRequest request, List<Said> said) {
        var with = request;
        for (var one : said) {
            with = with.withText(one.option(), one.value());
        }
        return with;
    }

    private static Stream<ImageOption<?>> options() {
        return Gateways.all().stream()
                .<ImageOption<?>>flatMap(provider -> provider.options().stream())
                .distinct()
                .filter(option -> option.name().matches(OURS) && !BY_HAND.contains(option.name()));
    }

    private static String flag(ImageOption<?> option) {
        return "--" + option.name().replace('_', '-');
    }

    private static String label(ImageOption<?> option) {
        List<String> words = option.words();
        return words.isEmpty() ? "VALUE" : String.join("|", words);
    }
}
