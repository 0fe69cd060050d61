package dev.darkroom.benchmarks.peers;

import dev.darkroom.ImageClient;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.netty.http.client.HttpClient;

/** This library. The limits are raised for the answers of half a gigabyte; they cost nothing. */
final class DarkroomPeer implements Peer {

    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true);

    private final ImageClient client;
    private final Function<GeneratedImage, List<ByteBuffer>> view;

    private DarkroomPeer(URI base, UnaryOperator<HttpClient> netty, Function<GeneratedImage, List<ByteBuffer>> view) {
        this.client = ImageClient.openRouter("sk-or-nobody")
                .baseUrl(base.toString())
                .limits(l -> l.imageBytes(1 << 30).images(10_000).heapBytes(1 << 30))
                .customize(netty);
        this.view = view;
    }

    static Peer inSegments(URI base, UnaryOperator<HttpClient> netty) {
        return new DarkroomPeer(base, netty, GeneratedImage::asByteBuffers);
    }

    static Peer contiguous(URI base, UnaryOperator<HttpClient> netty) {
        return new DarkroomPeer(base, netty, image -> List.of(ByteBuffer.wrap(image.toByteArray())));
    }

    @Override
    public void read(Consumer<List<ByteBuffer>> images) {
        client.generate(REQUEST).doOnNext(event -> hand(event, images)).blockLast();
    }

    private void hand(ImageEvent event, Consumer<List<ByteBuffer>> images) {
        if (event instanceof ImageEvent.Partial partial) {
            images.accept(view.apply(partial.image()));
        } else if (event instanceof ImageEvent.Completed completed) {
            completed.result().images().forEach(image -> images.accept(view.apply(image)));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
