package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterProperty;
import org.nestor.judge.Played.Exchange;
import org.nestor.oracle.Caching;
import org.nestor.oracle.EmbeddedReference;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.register.Profile;

/** The judge calls nothing wrong that the reference does, whatever its caches do, and most of what is changed in its replies. */
class JudgeProperties {
    private int changed;
    private int caught;

    @Property(tries = 60)
    void nothingThatTheReferenceAnswersDiverges(
            @ForAll Profile profile, @ForAll Caching caching, @ForAll @LongRange(min = 0, max = 100_000) long seed) {
        Played played = Played.on(profile, caching, seed);
        Judge judge = Judge.of(played.platform());
        for (Exchange exchange : played.exchanges()) {
            Verdict verdict = judge.judge(exchange.request(), exchange.reply());
            assertFalse(
                    verdict instanceof Verdict.Diverges,
                    () -> "exchange " + judge.exchange() + ": " + exchange + " " + verdict);
        }
    }

    @Property(tries = 30)
    void nothingDivergesThatRandomSoftwareSees(
            @ForAll Profile profile, @ForAll Caching caching, @ForAll @LongRange(min = 0, max = 100_000) long seed) {
        EmbeddedReference reference = new ReferenceConfiguration(profile, caching, seed).create();
        Judge judge = Judge.of(Platform.of((Reply.Introduction) reference.send(new Request.Hello())));
        RandomSoftware software = new RandomSoftware(seed, profile.idRegisters(), request -> {
            Reply reply = reference.send(request);
            Verdict verdict = judge.judge(request, reply);
            assertFalse(verdict instanceof Verdict.Diverges, () -> request + " " + reply + " " + verdict);
            return reply;
        });
        software.start();
        for (int i = 0; i < 100; i++) {
            software.act();
        }
    }

    /**
     * What escapes: bits that are UNKNOWN or reserved in registers, acknowledges and records that may still come (nothing in the rest of
     * the scenario asks for them), attributes where a reply leaves them out, and what comes after software left everything open.
     */
    @Property(tries = 100)
    void mostChangesOfOneBitAreCaught(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        Played played = Played.on(Profile.FULL, Caching.NEVER, seed);
        Random random = new Random(seed);
        List<Exchange> exchanges = played.exchanges();
        int target = -1;
        for (int tries = 0; tries < 200 && target < 0; tries++) {
            int candidate = random.nextInt(exchanges.size());
            target = Changes.changeable(exchanges.get(candidate).reply()) ? candidate : -1;
        }
        if (target < 0) {
            return;
        }
        Judge judge = Judge.of(played.platform());
        boolean diverged = false;
        for (int i = 0; i < exchanges.size(); i++) {
            Exchange exchange = exchanges.get(i);
            Reply reply = i == target ? Changes.flip(exchange.reply(), random) : exchange.reply();
            diverged |= judge.judge(exchange.request(), reply) instanceof Verdict.Diverges;
        }
        changed++;
        caught += diverged ? 1 : 0;
    }

    @AfterProperty
    void mostWereCaught() {
        assertTrue(caught * 3 >= changed * 2, caught + " of " + changed + " changes were caught");
    }
}
