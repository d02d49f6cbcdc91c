package org.nestor.smmu;

import java.util.Arrays;
import java.util.Optional;
import org.nestor.memory.Bytes;
import org.nestor.smmu.transaction.Transaction;

/** A DMA on its way: what it wants, and how far it has come. It is done in parts, none of which crosses a 4 KiB boundary. */
public final class Dma {
    private static final int PART = 4096;

    private final Transaction transaction;
    private final byte[] data;
    private int done;
    private Optional<DmaResult.Ok> first = Optional.empty();
    private boolean skipped;

    private Dma(Transaction transaction, byte[] data) {
        this.transaction = transaction;
        this.data = data;
    }

    static Dma read(Transaction transaction, int length) {
        return new Dma(transaction, new byte[length]);
    }

    static Dma write(Transaction transaction, byte[] data) {
        return new Dma(transaction, data.clone());
    }

    boolean finished() {
        return done == data.length;
    }

    long firstAddress() {
        return transaction.address();
    }

    /** The transaction of the next part. */
    Transaction part() {
        return done == 0 ? transaction : transaction.withAddress(transaction.address() + done);
    }

    int partLength() {
        return Math.min(data.length - done, PART - (int) (part().address() & PART - 1));
    }

    byte[] partData() {
        return Arrays.copyOfRange(data, done, done + partLength());
    }

    /** The next part went through; {@code read} holds what it returned, and is empty for a write. */
    void complete(byte[] read, long physicalAddress, OutputAttributes attributes) {
        int length = partLength();
        System.arraycopy(read, 0, data, done, read.length);
        if (first.isEmpty()) {
            first = Optional.of(new DmaResult.Ok(physicalAddress, Bytes.EMPTY, attributes));
        }
        done += length;
    }

    /** The next part is terminated as RAZ/WI. */
    void skip() {
        skipped = true;
        done += partLength();
    }

    /** The result once it is finished. */
    DmaResult result() {
        Bytes read = transaction.isWrite() ? Bytes.EMPTY : Bytes.of(data);
        if (skipped) {
            return new DmaResult.RazWi(read);
        }
        DmaResult.Ok ok = first.orElseThrow();
        return new DmaResult.Ok(ok.physicalAddress(), read, ok.attributes());
    }
}
