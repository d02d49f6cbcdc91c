package org.nestor.oracle.qemu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * QEMU's qtest protocol: one command a line, one answer a line, in order. Commands are sent ahead of their answers, up to
 * {@link #WINDOW} of them, since QEMU stops reading when nobody takes its answers.
 */
final class QtestLink implements AutoCloseable {
    /** The most commands without an answer. */
    static final int WINDOW = 256;

    private static final int REPORTS = 1 << 16;
    private static final String OK = "OK";
    private static final String INTERRUPT = "IRQ ";
    private static final String RAISED = "IRQ raise ";
    private static final int HEX = 16;

    private final LineSocket socket;
    private final Deque<String> unanswered = new ArrayDeque<>();
    private final List<Integer> raised = new ArrayList<>();

    QtestLink(LineSocket socket) {
        this.socket = socket;
    }

    /** Sends a command whose answer tells nothing but that it was done. */
    void post(String command) {
        if (unanswered.size() >= WINDOW) {
            settle();
        }
        unanswered.add(command);
        socket.write(command);
    }

    /** Waits until all commands sent so far are done. */
    void settle() {
        while (!unanswered.isEmpty()) {
            answer();
        }
    }

    /** True when everything sent so far is done. */
    boolean isSettled() {
        return unanswered.isEmpty();
    }

    /** The numbers that commands, fewer than {@link #WINDOW}, answer with; they are done after all that were sent before. */
    List<Long> values(List<String> commands) {
        if (unanswered.size() + commands.size() > WINDOW) {
            settle();
        }
        commands.forEach(this::post);
        while (unanswered.size() > commands.size()) {
            answer();
        }
        return commands.stream().map(command -> number(command, answer())).toList();
    }

    /** The number that a command answers with. */
    long value(String command) {
        return values(List.of(command)).get(0);
    }

    /** The numbers of the intercepted interrupt lines raised by commands that are done, in order, each told once. */
    List<Integer> takeRaised() {
        List<Integer> taken = List.copyOf(raised);
        raised.clear();
        return taken;
    }

    private static long number(String command, String answer) {
        try {
            return Long.parseUnsignedLong(answer.substring(OK.length()).strip().substring("0x".length()), HEX);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw LostPeerException.died("it answered \"" + answer + "\" to " + command);
        }
    }

    private String answer() {
        String command = unanswered.element();
        try {
            String line = socket.readLine();
            for (int reports = 0; line.startsWith(INTERRUPT); reports++) {
                if (reports == REPORTS) {
                    throw LostPeerException.hung("it reports interrupts without end");
                }
                note(line);
                line = socket.readLine();
            }
            if (!line.equals(OK) && !line.startsWith(OK + " ")) {
                throw LostPeerException.died("it answered \"" + line + "\"");
            }
            unanswered.remove();
            return line;
        } catch (LostPeerException e) {
            throw e.with(" (at the command " + command + ")");
        }
    }

    private void note(String line) {
        if (line.startsWith(RAISED)) {
            try {
                raised.add(Integer.parseInt(line.substring(RAISED.length())));
            } catch (NumberFormatException e) {
                throw LostPeerException.died("it reported \"" + line + "\"");
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
