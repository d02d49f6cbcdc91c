package org.nestor.campaign;

import org.nestor.judge.Judge;
import org.nestor.judge.Platform;
import org.nestor.judge.Verdict;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleLog;

/** Makes a judge for each play. There is one way to judge; tests put another here, to see that a blind one does not go unnoticed. */
@FunctionalInterface
interface Judging {

    /** By what the architecture allows. */
    Judging BY_THE_ARCHITECTURE = (platform, rules) -> Judge.of(platform, rules)::judge;

    /** A judge of an implementation in its power-on state. */
    Bench of(Platform platform, RuleLog rules);

    /** Judges exchanges in order. */
    @FunctionalInterface
    interface Bench {
        Verdict judge(Request request, Reply reply);
    }
}
