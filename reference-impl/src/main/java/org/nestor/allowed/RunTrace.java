package org.nestor.allowed;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.allowed.AllowedOutcome.HardwareUpdate;
import org.nestor.allowed.ContextSource.Use;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.fault.FaultClass;

/** Everything that one run of the procedure read and chose. */
final class RunTrace {
    private final List<Use> configuration = new ArrayList<>();
    private final List<Stage1Trace> walks = new ArrayList<>();
    private final List<IpaTrace> ipas = new ArrayList<>();
    private final List<HardwareUpdate> updates = new ArrayList<>();
    private Optional<Serving> serving = Optional.empty();
    private List<List<ContextSource>> contexts = List.of();
    private Optional<Stage1Tag> tag = Optional.empty();
    private final Map<FaultClass, List<ContextSource>> stage2 = new EnumMap<>(FaultClass.class);
    private Optional<CachedObject> cd = Optional.empty();
    private Optional<CachedObject> l1cd = Optional.empty();
    private final List<CachedObject> stream = new ArrayList<>();
    private boolean impossible;
    private boolean forgotten;
    private boolean leftOut;
    private long since;
    private long leadsOnSince;

    /**
     * Entries that contexts of one kind have left, as they serve a transaction of another context.
     *
     * @param regime their fields, but for those that may be the transaction's own
     */
    record Serving(List<ContextSource> contexts, Stage1Regime regime) {}

    /** The words of L1STD, STE, L1CD and CD that had a past value. */
    List<Use> configuration() {
        return configuration;
    }

    List<Stage1Trace> walks() {
        return walks;
    }

    /** The walk that goes on, or that has just ended. */
    Optional<Stage1Trace> walk() {
        return walks.isEmpty() ? Optional.empty() : Optional.of(walks.get(walks.size() - 1));
    }

    /** The walk through the same table of the same address, if there was one. */
    Optional<Stage1Trace> walk(Stage1Regime regime, long address) {
        return walk().filter(walk -> walk.serves(regime, address));
    }

    List<IpaTrace> ipas() {
        return ipas;
    }

    IpaTrace ipa() {
        return ipas.get(ipas.size() - 1);
    }

    List<HardwareUpdate> updates() {
        return updates;
    }

    /** The contexts of which one's fields translate; none if the transaction's own do. */
    List<ContextSource> source() {
        return serving.map(Serving::contexts).orElse(List.of());
    }

    /** By what other contexts have left it translates; nothing if by its own. */
    Optional<Serving> serving() {
        return serving;
    }

    void translatesBy(Serving others) {
        serving = Optional.of(others);
    }

    /** The streams whose stage 2 tables serve look-ups for a purpose, empty for the transaction's own; nothing if not yet chosen. */
    Optional<List<ContextSource>> stage2(FaultClass purpose) {
        return Optional.ofNullable(stage2.get(purpose));
    }

    void stage2(FaultClass purpose, List<ContextSource> streams) {
        stage2.put(purpose, streams);
    }

    /** All contexts that entries with the tags of the transaction may come from. */
    List<List<ContextSource>> contexts() {
        return contexts;
    }

    /** Looks translations up by a tag, under which these contexts have made entries. */
    void looksUp(Stage1Tag own, List<List<ContextSource>> all) {
        tag = Optional.of(own);
        contexts = all;
    }

    /** What translations are looked up by, if stage 1 is on. */
    Optional<Stage1Tag> tag() {
        return tag;
    }

    boolean steRead() {
        return !stream.isEmpty() && stream.get(0) instanceof CachedObject.Ste;
    }

    boolean cdRead() {
        return cd.isPresent();
    }

    /** The CD, if it was read. */
    Optional<CachedObject> cd() {
        return cd;
    }

    /** The L1CD, if one was read. */
    Optional<CachedObject> l1cd() {
        return l1cd;
    }

    void readSte(CachedObject.Ste object) {
        stream.add(0, object);
    }

    void lookedUpIn(CachedObject.L1Std l1std) {
        stream.add(0, l1std);
    }

    /** What the stream was looked up in, the STE first, if the look-up got there, then the L1STD, if there is one. */
    List<CachedObject> stream() {
        return stream;
    }

    void readCd(CachedObject object) {
        cd = Optional.of(object);
    }

    void readL1Cd(CachedObject object) {
        l1cd = Optional.of(object);
    }

    /** The run relies on something that no SMMU does. */
    void fail() {
        impossible = true;
    }

    boolean impossible() {
        return impossible;
    }

    /** There may be combinations that no run tries. */
    void leaveOut() {
        leftOut = true;
    }

    boolean leftOut() {
        return leftOut;
    }

    /** There may be values that are not remembered. */
    void forget() {
        forgotten = true;
    }

    boolean forgotten() {
        return forgotten;
    }

    /** The earliest instant at which the structures read so far led to the next one. */
    long leadsOnSince() {
        return leadsOnSince;
    }

    void leadsOnSince(long instant) {
        leadsOnSince = Math.max(leadsOnSince, instant);
    }

    /** The earliest instant at which all of the configuration was in memory. */
    long since() {
        return since;
    }

    void notBefore(long instant) {
        since = Math.max(since, instant);
    }
}
