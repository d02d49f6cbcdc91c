package org.nestor.oracle;

import java.util.Optional;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.memory.SparseMemory;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.tlb.CachePolicies;

/**
 * An implementation that cannot tell which rules it decides by, with a reference beside it that can: the reference has the same ID
 * registers and memory, is asked the same, and remembers nothing. Its answers go nowhere.
 *
 * <p>What it tells is what the requests exercise, not what the implementation did. It is near, not exact: data that the
 * implementation picks, its stall tags and what it remembers are its own.
 */
public final class Shadowed implements ImplementationUnderTest {
    private final ImplementationUnderTest sut;
    private final RuleLog rules;
    private Optional<EmbeddedReference> shadow = Optional.empty();

    private Shadowed(ImplementationUnderTest sut, RuleLog rules) {
        this.sut = sut;
        this.rules = rules;
    }

    /** The implementation with a reference beside it, or by itself where nobody listens. */
    public static ImplementationUnderTest over(ImplementationUnderTest sut, RuleLog rules) {
        return rules == RuleLog.NONE ? sut : new Shadowed(sut, rules);
    }

    @Override
    public Reply send(Request request) {
        Reply reply = sut.send(request);
        if (reply instanceof Reply.Introduction hello) {
            shadow = like(hello);
        } else if (!(reply instanceof Reply.Failure)) {
            shadow.ifPresent(reference -> reference.send(request));
        }
        return reply;
    }

    /** None beside an implementation whose ID registers or memory no SMMU can have. */
    private Optional<EmbeddedReference> like(Reply.Introduction hello) {
        try {
            Capabilities told = ReportedCapabilities.of(hello);
            SmmuParts parts = new SmmuParts(new CachedTranslation(CachePolicies::never));
            SparseMemory memory = new SparseMemory(told.memory());
            return Optional.of(new EmbeddedReference(new Smmu(told.ids(), memory, parts, rules)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Objection> objection(Request request) {
        return sut.objection(request);
    }

    @Override
    public void close() {
        sut.close();
    }
}
