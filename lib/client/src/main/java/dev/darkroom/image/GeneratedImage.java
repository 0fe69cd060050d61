package dev.darkroom.image;

import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One image: its encoded bytes, or the URL under which it can be fetched, or both.
 *
 * <p>Immutable and thread-safe. The bytes are kept in segments as they were decoded from the wire; views
 * ({@link #asByteBuffers()}, {@link #asInputStream()}) share them, everything named {@code to…} copies.
 *
 * <p>Two images are equal when their bytes are, whichever image of a request they were; without bytes, when their URL is.
 * Comparing two of the same size takes time linear in it.
 */
public final class GeneratedImage {

    /** What a media type may be; it ends up in headers and in markup. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}");

    private final int index;
    private final @Nullable String mediaType;
    private final List<ByteBuffer> segments;
    private final long size;
    private final @Nullable URI url;
    private final @Nullable Throwable downloadFailure;
    private final @Nullable String revisedPrompt;

    private GeneratedImage(
            int index,
            @Nullable String mediaType,
            List<ByteBuffer> segments,
            @Nullable URI url,
            @Nullable Throwable downloadFailure,
            @Nullable String revisedPrompt) {
        this.index = index;
        this.segments = segments;
        this.size = segments.stream().mapToLong(ByteBuffer::remaining).sum();
        var sniffed = segments.isEmpty() ? null : sniff(segments);
        this.mediaType = sniffed == null ? valid(mediaType) : sniffed;
        this.url = url;
        this.downloadFailure = downloadFailure;
        this.revisedPrompt = revisedPrompt;
    }

    /**
     * An image whose media type is told by its bytes.
     *
     * @param index which image of the request, from 0
     * @param bytes the encoded image; not copied, so do not change it afterwards
     * @return the image
     */
    public static GeneratedImage of(int index, byte[] bytes) {
        return of(index, null, List.of(ByteBuffer.wrap(bytes)));
    }

    /**
     * An image in segments.
     *
     * @param index which image of the request, from 0
     * @param mediaType for example {@code image/png}, believed where the first bytes do not say; null if unknown
     * @param segments the encoded image in order, from each buffer's position to its limit; not copied
     * @return the image
     */
    public static GeneratedImage of(int index, @Nullable String mediaType, List<ByteBuffer> segments) {
        return new GeneratedImage(
                index,
                mediaType,
                segments.stream().map(ByteBuffer::asReadOnlyBuffer).toList(),
                null,
                null,
                null);
    }

    /**
     * An image which is known by its URL only.
     *
     * @param index which image of the request, from 0
     * @param mediaType as the gateway says, or null
     * @param url where it can be fetched; gateways delete it after hours
     * @return the image
     */
    public static GeneratedImage at(int index, @Nullable String mediaType, URI url) {
        return new GeneratedImage(index, mediaType, List.of(), url, null, null);
    }

    /**
     * This image with its bytes, which were fetched meanwhile.
     *
     * @param segments the encoded image in order, from each buffer's position to its limit; not copied
     * @return the image with its bytes and its URL
     */
    public GeneratedImage withContent(List<ByteBuffer> segments) {
        return new GeneratedImage(
                index,
                mediaType,
                segments.stream().map(ByteBuffer::asReadOnlyBuffer).toList(),
                url,
                null,
                revisedPrompt);
    }

    /**
     * This image, whose download failed: nothing that was paid for is lost.
     *
     * @param cause why its bytes could not be fetched
     * @return the image with its URL and the cause
     */
    public GeneratedImage withDownloadFailure(Throwable cause) {
        return new GeneratedImage(index, mediaType, segments, url, cause, revisedPrompt);
    }

    /**
     * This image with the prompt that the model really painted.
     *
     * @param prompt as the gateway says
     * @return the image with it
     */
    public GeneratedImage withRevisedPrompt(String prompt) {
        return new GeneratedImage(
                index, mediaType, segments, url, downloadFailure, Objects.requireNonNull(prompt, "prompt"));
    }

    /**
     * Which image of the request this is.
     *
     * @return from 0
     */
    public int index() {
        return index;
    }

    /**
     * What it is encoded as: what the first bytes say, otherwise what the gateway said.
     *
     * @return for example {@code image/png}; null if neither knows
     */
    public @Nullable String mediaType() {
        return mediaType;
    }

    /**
     * How the name of a file with it ends, without the dot, by its media type.
     *
     * @return for example {@code png} or {@code jpg}; {@code bin} if nobody knows what it is
     */
    public String fileExtension() {
        return FileExtensions.of(mediaType);
    }

    /**
     * Whether the bytes are here, rather than only a URL.
     *
     * @return true if the bytes can be read
     */
    public boolean isLoaded() {
        return !segments.isEmpty();
    }

    /**
     * How many bytes are here.
     *
     * @return the encoded size in bytes; 0 if only the URL is known
     */
    public long size() {
        return size;
    }

    /**
     * Where the gateway keeps it.
     *
     * @return the URL, or null if the gateway sent the bytes
     */
    public @Nullable URI url() {
        return url;
    }

    /**
     * Why the bytes of a URL image are missing.
     *
     * @return the cause, or null if the download did not fail or was not tried
     */
    public @Nullable Throwable downloadFailure() {
        return downloadFailure;
    }

    /**
     * What the model really painted, where it rewrote the prompt. It takes no part in equality.
     *
     * @return the gateway's {@code revised_prompt}; null if it sent none
     */
    public @Nullable String revisedPrompt() {
        return revisedPrompt;
    }

    /**
     * The bytes without copying, in as many buffers as they were received in.
     *
     * @return read-only buffers with positions of their own
     * @throws IllegalStateException if only the URL is known
     */
    public List<ByteBuffer> asByteBuffers() {
        requireLoaded();
        return segments.stream().map(ByteBuffer::duplicate).toList();
    }

    /**
     * The bytes in one buffer: a view if they lie in one piece, otherwise a copy.
     *
     * @return a read-only buffer with a position of its own
     * @throws IllegalStateException if only the URL is known, or a copy would be larger than an array can be
     */
    public ByteBuffer asByteBuffer() {
        requireLoaded();
        return segments.size() == 1
                ? segments.get(0).duplicate()
                : ByteBuffer.wrap(toByteArray()).asReadOnlyBuffer();
    }

    /**
     * The bytes as a stream, without copying them. It never blocks, and closing it is not needed.
     *
     * @return a new stream from the first byte
     * @throws IllegalStateException if only the URL is known
     */
    public InputStream asInputStream() {
        return new SegmentInputStream(asByteBuffers());
    }

    /**
     * A copy of the bytes.
     *
     * @return a new array of {@link #size()} bytes
     * @throws IllegalStateException if only the URL is known, or it is larger than an array can be
     */
    public byte[] toByteArray() {
        requireLoaded();
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("image " + index + " has " + size + " bytes, too many for one array");
        }
        var bytes = new byte[(int) size];
        var target = ByteBuffer.wrap(bytes);
        segments.forEach(segment -> target.put(segment.duplicate()));
        return bytes;
    }

    /**
     * The image as a {@code data:} URL (RFC 2397), for an {@code <img>} element.
     *
     * @return a string of about 4/3 of {@link #size()} characters
     * @throws IllegalStateException if only the URL is known, or it is larger than an array can be
     */
    public String toDataUrl() {
        var type = mediaType == null ? "application/octet-stream" : mediaType;
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(toByteArray());
    }

    /**
     * Writes the bytes to a file. An existing file is replaced in one step; until then, and if writing fails or is
     * cancelled, it stays as it was and nothing half-written remains. The file gets the permissions of a new one; a
     * symbolic link is replaced, not followed.
     *
     * <p>Emits the file, once it is complete, or an {@link java.io.IOException} as the file system gave it. Each subscription
     * writes anew. The work is done, and the result is signalled, on {@link Schedulers#boundedElastic()}, never on the caller's
     * thread.
     *
     * @param file where to; its folder must exist
     * @return the file
     * @throws IllegalStateException (at once) if only the URL is known
     */
    public Mono<Path> writeTo(Path file) {
        requireLoaded();
        return Mono.defer(() -> {
            var cancelled = new AtomicBoolean();
            return Mono.fromCallable(() -> FileWriting.replace(file, asByteBuffers(), cancelled::get))
                    .subscribeOn(Schedulers.boundedElastic())
                    .doOnCancel(() -> cancelled.set(true));
        });
    }

    private void requireLoaded() {
        if (!isLoaded() && url == null) {
            throw new IllegalStateException(
                    "image " + index + " has neither bytes nor a URL here: an event that was written"
                            + " without them, or that only names what another one has");
        }
        if (!isLoaded()) {
            throw downloadFailure == null
                    ? new IllegalStateException(
                            "image " + index + " is known by its URL only; a client's download fetches it")
                    : new IllegalStateException(
                            "image " + index + " is known by its URL only, because its download failed: "
                                    + downloadFailure.getMessage(),
                            downloadFailure);
        }
    }

    private static @Nullable String valid(@Nullable String mediaType) {
        return mediaType != null && MEDIA_TYPE.matcher(mediaType).matches() ? mediaType : null;
    }

    private static @Nullable String sniff(List<ByteBuffer> segments) {
        var head = ByteBuffer.allocate(MagicBytes.LENGTH);
        for (ByteBuffer segment : segments) {
            var part = segment.duplicate();
            part.limit(part.position() + Math.min(part.remaining(), head.remaining()));
            head.put(part);
        }
        return MagicBytes.mediaType(head.flip());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof GeneratedImage that
                && size == that.size
                && isLoaded() == that.isLoaded()
                && (isLoaded() ? SegmentedBytes.areEqual(segments, that.segments) : Objects.equals(url, that.url));
    }

    /** Of the size, and of a few bytes: images of equal size and equal ends are rare. */
    @Override
    public int hashCode() {
        return isLoaded() ? 31 * Long.hashCode(size) + SegmentedBytes.hashOfEnds(segments) : Objects.hashCode(url);
    }

    @Override
    public String toString() {
        return "GeneratedImage[index=" + index + ", " + (mediaType == null ? "unknown type" : mediaType) + ", "
                + (isLoaded() ? size + " bytes" : "by URL") + "]";
    }
}
