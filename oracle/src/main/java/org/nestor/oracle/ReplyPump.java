package org.nestor.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.ProtocolException;
import org.nestor.protocol.Reply;
import org.nestor.protocol.ReplyReader;
import org.nestor.protocol.Request;

/**
 * Reads the lines of a program on a thread of its own, so that waiting for one can end. A program that writes without being
 * asked is held back by a short queue.
 */
final class ReplyPump {
    private static final int AHEAD = 16;
    private static final String STREAM = "reply";

    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);
    private volatile boolean ended;

    ReplyPump(InputStream in) {
        Thread thread = new Thread(() -> pump(new ReplyReader(STREAM, in)), "replies");
        thread.setDaemon(true);
        thread.start();
    }

    /** What the program wrote next: a line, something that is no line, or its end. */
    private sealed interface Item {
        record Text(ReplyReader.Unread line) implements Item {}

        record Garbage(ProtocolException complaint) implements Item {}

        record End() implements Item {}
    }

    private void pump(ReplyReader reader) {
        try {
            boolean more = true;
            while (more) {
                Item item = next(reader);
                items.put(item);
                more = !(item instanceof Item.End);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Item next(ReplyReader reader) {
        try {
            Optional<ReplyReader.Unread> line = reader.next();
            return line.isPresent() ? new Item.Text(line.get()) : new Item.End();
        } catch (ProtocolException complaint) {
            return new Item.Garbage(complaint);
        } catch (IOException closed) {
            return new Item.End();
        }
    }

    /** The reply to a request, or empty when none comes in time or any more. */
    Optional<Reply> take(Request request, Duration patience) {
        if (ended) {
            return Optional.empty();
        }
        return poll(patience).flatMap(item -> understand(request, item));
    }

    /** The complaint about a line that the program wrote before it was asked for one; it would pass for the next reply. */
    Optional<Reply> unasked() {
        Item item = items.poll();
        if (item instanceof Item.Text text) {
            return Optional.of(garbage(text.line().complaint("expected nothing before the next request")));
        } else if (item instanceof Item.Garbage garbage) {
            return Optional.of(garbage(garbage.complaint()));
        }
        ended |= item != null;
        return Optional.empty();
    }

    private Optional<Item> poll(Duration patience) {
        try {
            return Optional.ofNullable(items.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Reply> understand(Request request, Item item) {
        try {
            if (item instanceof Item.Text text) {
                return Optional.of(text.line().as(request));
            } else if (item instanceof Item.Garbage garbage) {
                throw garbage.complaint();
            }
            ended = true;
            return Optional.empty();
        } catch (ProtocolException complaint) {
            return Optional.of(garbage(complaint));
        }
    }

    private static Reply garbage(ProtocolException complaint) {
        return new Reply.Failure(ErrorCode.DIED, "not a reply: " + complaint.getMessage());
    }

    /** True once the program has closed its output and everything before that was taken. */
    boolean ended() {
        return ended;
    }
}
