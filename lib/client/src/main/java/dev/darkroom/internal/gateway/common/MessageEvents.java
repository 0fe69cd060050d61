package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer that is a message: words and pictures of one choice or several, previews among them, and a word for each choice
 * that says why it ended. Belongs to one answer.
 *
 * <p>The hard case is the end. The word comes before what was used, and some say it with every piece: so a choice that has
 * its picture and has ended is over with the usage, {@code [DONE]} or the end of the stream, whichever comes first; and one
 * without a picture has failed only then, unless the word itself says so.
 */
final class MessageEvents implements AnswerReading.Events {

    private static final int MOST_CHOICES = 128;

    private final MessageShape shape;
    private final int expected;
    private final Failures failures;
    private final NavigableMap<Integer, Choice> choices = new TreeMap<>();

    MessageEvents(MessageShape shape, int expected, Failures failures) {
        this.shape = shape;
        this.expected = expected;
        this.failures = failures;
    }

    @Override
    public boolean know(String type) {
        return false;
    }

    @Override
    public List<ImageEvent> read(String type, Payload payload, ResponseState arrivals) {
        var events = new ArrayList<ImageEvent>();
        var said = shape.said(payload);
        var used = said.stream().filter(each -> isUsage(each, arrivals)).count() > 0;
        said.forEach(each -> read(each, payload, arrivals, events));
        if (!payload.inStream()) {
            return choices.isEmpty() ? List.of(arrivals.completed()) : whole(arrivals);
        }
        if (used && isOver(arrivals) && choices.values().stream().allMatch(Choice::isSettled)) {
            events.addAll(last(arrivals));
            events.add(arrivals.completed());
        }
        return events;
    }

    private static boolean isUsage(MessageShape.Said said, ResponseState arrivals) {
        if (said instanceof MessageShape.About about) {
            arrivals.about(about.id(), about.created(), about.provider(), about.usage());
            return about.usage().isObject();
        }
        return false;
    }

    /** A document has said all it has to say. */
    private List<ImageEvent> whole(ResponseState arrivals) {
        last(arrivals);
        if (arrivals.count() == 0) {
            throw told(arrivals);
        }
        return List.of(arrivals.completed());
    }

    private void read(MessageShape.Said said, Payload payload, ResponseState arrivals, List<ImageEvent> events) {
        if (said instanceof MessageShape.Words words) {
            events.addAll(choice(words.choice(), arrivals).words(words, payload));
        } else if (said instanceof MessageShape.Picture picture) {
            events.addAll(choice(picture.choice(), arrivals).picture(payload, picture.item()));
        } else if (said instanceof MessageShape.Preview preview) {
            events.addAll(choice(preview.choice(), arrivals).preview(payload, preview.item()));
        } else if (said instanceof MessageShape.Failed failed) {
            var error = ErrorBody.of(payload, failed.node());
            failed(choice(failed.choice(), arrivals), error, arrivals, events);
        } else if (said instanceof MessageShape.Stop stop) {
            choice(stop.choice(), arrivals).stop(stop);
            stopped(choice(stop.choice(), arrivals), stop, payload, arrivals, events);
        }
    }

    private Choice choice(int number, ResponseState arrivals) {
        var known = choices.get(number);
        if (known == null && choices.size() >= MOST_CHOICES) {
            return choices.lastEntry().getValue();
        }
        return choices.computeIfAbsent(number, index -> new Choice(index, arrivals, expected > 1 || index > 0));
    }

    private boolean isOneOfSeveral() {
        return expected > 1 || choices.size() > 1;
    }

    private void failed(Choice choice, ErrorBody error, ResponseState arrivals, List<ImageEvent> events) {
        if (!isOneOfSeveral()) {
            throw failures.read(error, arrivals.hasBegun(), arrivals.partialResult());
        }
        events.addAll(choice.fail(error.name(), error.message()));
    }

    /** In a document a sibling may come behind it, and what was said before. */
    private void stopped(
            Choice choice, MessageShape.Stop stop, Payload payload, ResponseState arrivals, List<ImageEvent> events) {
        if (stop.ending() == MessageShape.Ending.DONE || choice.hasImage()) {
            return;
        }
        if (isOneOfSeveral() || !payload.inStream()) {
            if (isOneOfSeveral()) {
                events.addAll(choice.fail(stop.code(), stop.sentence()));
            }
            return;
        }
        choice.end();
        if (!choice.hasImage()) {
            throw told(arrivals);
        }
    }

    @Override
    public List<ImageEvent> last(ResponseState arrivals) {
        var events = new ArrayList<ImageEvent>();
        for (Choice choice : choices.values()) {
            events.addAll(choice.end());
        }
        for (Choice choice : choices.values()) {
            var stop = choice.stop();
            if (!choice.isSettled() && isOneOfSeveral()) {
                events.addAll(choice.fail(stop == null ? ImageFailure.UNDECODABLE : choice.code(), choice.sentence()));
            }
        }
        arrivals.say(words());
        return events;
    }

    /** Every choice that was asked for, or that came, has ended, and there is something to show. */
    @Override
    public boolean isOver(ResponseState arrivals) {
        return choices.size() >= expected
                && choices.values().stream().allMatch(choice -> choice.stop() != null)
                && (arrivals.count() > 0 || choices.values().stream().anyMatch(Choice::mayHaveImage));
    }

    @Override
    public @Nullable ImageException nothing(ResponseState arrivals) {
        var stopped = choices.values().stream().anyMatch(choice -> choice.stop() != null);
        return stopped && arrivals.count() == 0 ? told(arrivals) : null;
    }

    private @Nullable String words() {
        var words = choices.values().stream()
                .map(Choice::said)
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
        return words.isEmpty() ? null : words;
    }

    /** Why there is no picture. Who says that all is done, and has none, may have lost it on the way. */
    private ImageException told(ResponseState arrivals) {
        last(arrivals);
        var stop = choices.values().stream()
                .map(Choice::stop)
                .filter(each -> each != null && each.ending() != MessageShape.Ending.DONE)
                .findFirst()
                .orElse(null);
        if (stop == null) {
            return arrivals.withoutImage(words());
        }
        var sentence = stop.sentence() == null ? words() : stop.sentence();
        var failure = failures.stopped(stop.code(), sentence, arrivals.generationId());
        var partialResult = arrivals.partialResult();
        var refused = stop.ending() == MessageShape.Ending.MODERATED && partialResult.equals(PartialResult.NOTHING);
        return refused
                ? failure.rejected(RejectedException.Reason.MODERATION)
                : failure.failed(Billed.UNKNOWN, partialResult);
    }
}
