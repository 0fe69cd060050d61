package dev.darkroom.internal.call;

import dev.darkroom.gate.Quota;
import dev.darkroom.image.ModelEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Who serves a model, as the catalogue said it within the last hour. Shared by all copies of a client; thread-safe. What is
 * kept are values, by what they depend on: where, and for whose key. Nothing is kept of who asked.
 *
 * <p>Who asks the same by the same means while a question is under way shares it. The hard case is a question that fails, or
 * is given up: it was begun before, for somebody else, so whoever joined it asks once more.
 */
public final class PriceLists {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final int MOST_LISTS = 256;

    /** A model has a dozen endpoints; a list that is much larger is asked for again rather than kept for an hour. */
    private static final int MOST_CHARACTERS = 100_000;

    /**
     * On what a list depends.
     *
     * @param baseUrl where the API is
     * @param asker a model, and a hash of the key
     */
    record Key(URI baseUrl, Quota asker) {}

    /** The same question of the same client: one with another transport or other limits asks for itself. */
    private record Means(Key key, Object client) {}

    private record Answer(List<ModelEndpoint> list, long nanos) {}

    /** In the order in which they came, so that the oldest goes when there are too many. */
    private final Map<Key, Answer> answers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Answer> eldest) {
            return size() > MOST_LISTS;
        }
    };

    private final Map<Means, Mono<List<ModelEndpoint>>> underWay = new HashMap<>();

    /** Lists of which none was asked for yet. */
    public PriceLists() {}

    /** The list, from memory or from the source. A subscriber that gives up does not disturb the others. */
    Mono<List<ModelEndpoint>> of(Key key, Object client, Mono<List<ModelEndpoint>> source) {
        return Mono.defer(() -> {
            var means = new Means(key, client);
            synchronized (answers) {
                var known = fresh(key);
                if (known != null) {
                    return Mono.just(known);
                }
                var others = underWay.get(means);
                return others == null
                        ? asked(means, source)
                        : others.onErrorResume(failure -> joinedOrAsked(means, source));
            }
        });
    }

    private Mono<List<ModelEndpoint>> joinedOrAsked(Means means, Mono<List<ModelEndpoint>> source) {
        synchronized (answers) {
            var others = underWay.get(means);
            return others == null ? asked(means, source) : others;
        }
    }

    private Mono<List<ModelEndpoint>> asked(Means means, Mono<List<ModelEndpoint>> source) {
        var question = new AtomicReference<Mono<List<ModelEndpoint>>>();
        // a failure travels as a value, so that it is nobody's to drop when all have gone
        var shared = source.doOnNext(list -> keep(means.key(), list))
                .materialize()
                .flux()
                .doOnNext(answer -> over(means, question.get()))
                .doFinally(end -> over(means, question.get()))
                .replay(1)
                .refCount(1)
                .next()
                .<List<ModelEndpoint>>dematerialize();
        question.set(shared);
        underWay.put(means, shared);
        return shared;
    }

    private void over(Means means, @Nullable Mono<List<ModelEndpoint>> question) {
        synchronized (answers) {
            underWay.remove(means, question);
        }
    }

    private void keep(Key key, List<ModelEndpoint> list) {
        synchronized (answers) {
            answers.remove(key);
            if (list.size() <= MOST_CHARACTERS / 100
                    && list.stream()
                                    .mapToLong(endpoint -> endpoint.toString().length())
                                    .sum()
                            <= MOST_CHARACTERS) {
                answers.put(key, new Answer(list, now()));
            }
        }
    }

    private @Nullable List<ModelEndpoint> fresh(Key key) {
        var answer = answers.get(key);
        return answer == null || now() - answer.nanos() >= FRESH.toNanos() ? null : answer.list();
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }
}
