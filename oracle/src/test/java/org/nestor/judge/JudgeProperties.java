package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

/** The judge calls nothing wrong that the reference does, whatever its caches do, and lets hardly a wrong address or event pass. */
class JudgeProperties {
    private int changed;
    private int caught;
    private int passed;

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
     * Where a DMA went and what a record tells are judged in each bit. What may be changed without notice is not tried here: RES0 and
     * UNKNOWN fields, index bits above the size of a queue, and an acknowledge that may come later. What passes is a record of a stream of
     * which software made a transaction UNPREDICTABLE, and the same makes some of the others indeterminate.
     */
    @Property(tries = 100)
    void hardlyAnyChangeOfAnAddressOrAnEventConforms(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        Played played = Played.on(Profile.FULL, Caching.NEVER, seed);
        List<Exchange> exchanges = played.exchanges();
        List<Integer> targets = IntStream.range(0, exchanges.size())
                .filter(i -> Changes.changeable(exchanges.get(i).reply()))
                .boxed()
                .toList();
        if (targets.isEmpty()) {
            return;
        }
        Random random = new Random(seed);
        int target = targets.get(random.nextInt(targets.size()));
        Judge judge = Judge.of(played.platform());
        Verdict worst = Verdict.CONFORMS;
        for (int i = 0; i < exchanges.size() && !(worst instanceof Verdict.Diverges); i++) {
            Exchange exchange = exchanges.get(i);
            Reply reply = i == target ? Changes.flip(exchange.reply(), random) : exchange.reply();
            Verdict verdict = judge.judge(exchange.request(), reply);
            worst = verdict == Verdict.CONFORMS ? worst : verdict;
        }
        changed++;
        passed += worst == Verdict.CONFORMS ? 1 : 0;
        caught += worst instanceof Verdict.Diverges ? 1 : 0;
    }

    @AfterProperty
    void mostOfThemAreNoticed() {
        assertTrue(passed * 10 <= changed, passed + " of " + changed + " changes passed");
        assertTrue(caught * 3 >= changed, caught + " of " + changed + " changes diverged");
    }
}
