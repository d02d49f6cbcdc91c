package org.nestor.campaign;

import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** Breaks down inside this program, at the first DMA. */
record Breaking(ImplementationUnderTest sut) implements ImplementationUnderTest {
    @Override
    public Reply send(Request request) {
        if (request instanceof Request.Dma) {
            throw new StackOverflowError("planted");
        }
        return sut.send(request);
    }

    @Override
    public void close() {
        sut.close();
    }
}
