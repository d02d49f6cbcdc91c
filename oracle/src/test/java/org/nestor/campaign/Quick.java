package org.nestor.campaign;

import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;

/** Dies at the first register write. How many requests come before depends on the set-up, and many scenarios take little time. */
final class Quick implements ImplementationUnderTest {
    static final RuleId RULE = RuleId.of("A-SID-01");

    private final RuleLog rules;
    private final ImplementationUnderTest sut = ReferenceConfiguration.DEFAULT.create();

    Quick(RuleLog rules) {
        this.rules = rules;
    }

    @Override
    public Reply send(Request request) {
        rules.decided(RULE);
        if (request instanceof Request.RegWrite) {
            return new Reply.Failure(ErrorCode.DIED, "planted");
        }
        return sut.send(request);
    }

    @Override
    public void close() {
        sut.close();
    }
}
