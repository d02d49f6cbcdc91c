package org.nestor.oracle;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes lines to a program on a thread of its own, because a program that does not read blocks whoever writes to it. */
final class RequestPump {
    private final OutputStream out;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "requests");
        thread.setDaemon(true);
        return thread;
    });

    RequestPump(OutputStream out) {
        this.out = out;
    }

    /** What became of a line. */
    enum Fate {
        /** The program, or the pipe to it, has it. */
        TAKEN,
        /** The program has closed its input. */
        REFUSED,
        /** The program did not take it in time. */
        LEFT
    }

    Fate put(String line, Duration patience) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        Future<?> written = writer.submit(() -> {
            out.write(bytes);
            out.flush();
            return bytes.length;
        });
        try {
            written.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Fate.TAKEN;
        } catch (ExecutionException brokenPipe) {
            return Fate.REFUSED;
        } catch (TimeoutException notRead) {
            return Fate.LEFT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Fate.LEFT;
        }
    }

    /** Ends the program's input, after what is still being written. That it may have ended by itself is no matter. */
    void close() {
        Future<?> unused = writer.submit(() -> {
            out.close();
            return true;
        });
        writer.shutdown();
    }
}
