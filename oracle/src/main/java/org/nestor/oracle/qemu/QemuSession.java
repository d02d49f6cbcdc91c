package org.nestor.oracle.qemu;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.nestor.protocol.ErrorCode;

/** One running QEMU: its links, its memory and its devices. */
final class QemuSession implements AutoCloseable {
    private final QemuProcess process;
    private final QmpLink qmp;
    private final QtestLink qtest;
    private final PhysicalRam ram;
    private final SmmuPort smmu;
    private final List<PciFunction> functions;
    private final List<DmaPort> ports;
    private final PowerOn powerOn;

    /**
     * Takes over a QEMU that has just started.
     *
     * @param process its process
     * @param qmp the connection that it made for QMP
     * @param qtest the connection that it made for qtest
     * @param ram its memory
     * @param machine what was started
     * @param patience how long it may take for one answer
     */
    QemuSession(
            QemuProcess process,
            LineSocket qmp,
            LineSocket qtest,
            PhysicalRam ram,
            Machine machine,
            Duration patience) {
        this.process = process;
        this.ram = ram;
        this.qmp = new QmpLink(qmp);
        this.qtest = new QtestLink(qtest);
        this.smmu = new SmmuPort(this.qtest, ram);
        this.qtest.post(Qtest.interceptInterrupts(this.qmp.smmuPath()));
        this.powerOn = new PowerOn(smmu);
        this.functions = machine.functions();
        this.ports = functions.stream()
                .map(function -> port(function, machine, patience))
                .toList();
        prepare();
    }

    private DmaPort port(PciFunction function, Machine machine, Duration patience) {
        return function.equals(PciFunction.TEST_DEVICE)
                ? new TestDevicePort(function, qtest, ram)
                : new EduPort(function, qtest, smmu, ram, machine.accelerator(), patience);
    }

    private void prepare() {
        functions.forEach(function -> function.enable(qtest));
        List<Long> identities =
                qtest.values(functions.stream().map(PciFunction::identification).toList());
        if (!identities.equals(functions.stream().map(PciFunction::identity).toList())) {
            throw LostPeerException.died("its PCI devices are not those of the command line: " + identities);
        }
        ram.zero();
        qtest.takeRaised();
    }

    /** Brings the machine back to power-on. */
    void reset() {
        qtest.settle();
        qmp.systemReset();
        powerOn.restore();
        prepare();
    }

    String version() {
        return qmp.version();
    }

    SmmuPort smmu() {
        return smmu;
    }

    List<DmaPort> ports() {
        return ports;
    }

    /** The device with a StreamID. */
    Optional<DmaPort> port(long sid) {
        return ports.stream().filter(port -> port.sid() == sid).findFirst();
    }

    /** Waits until all that was asked for is done. */
    void settle() {
        qtest.settle();
    }

    /** The interrupt outputs of the SMMU raised since the last call, by their numbers. */
    List<Integer> takeRaised() {
        qtest.settle();
        return qtest.takeRaised();
    }

    /** What became of QEMU when a link was lost; it is ended. */
    LostPeerException ended(LostPeerException e) {
        return ended(e, process);
    }

    static LostPeerException ended(LostPeerException e, QemuProcess process) {
        Optional<String> how = e.code() == ErrorCode.DIED ? process.end() : Optional.empty();
        String words =
                process.lastWords().map(said -> "; it said last: " + said).orElse("");
        LostPeerException whole = e.with(how.map(end -> "; " + end).orElse("") + words);
        process.close();
        return whole;
    }

    @Override
    public void close() {
        qtest.close();
        qmp.close();
        process.close();
        try {
            ram.close();
        } catch (IOException e) {
            // A file that nobody has a name for.
        }
    }
}
