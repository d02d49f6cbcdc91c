package org.nestor.campaign;

import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;

/** Dies at an early register write, after a number of requests that depends on the scenario: many scenarios take little time. */
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
        if (request instanceof Request.RegWrite write && write.value() == 1) {
            return new Reply.Failure(ErrorCode.DIED, "planted");
        }
        return sut.send(request);
    }

    @Override
    public void close() {
        sut.close();
    }
}
