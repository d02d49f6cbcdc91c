package org.nestor.oracle.qemu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.protocol.MemoryWindow;

/**
 * A machine with an SMMUv3 and devices, but without software, as far as a QEMU can make one.
 *
 * @param accelerator how its virtual time passes
 * @param testDevice whether it has an {@code iommu-testdev} beside its {@code edu} devices
 */
record Machine(Accelerator accelerator, boolean testDevice) {
    /** Everything that any QEMU can do. */
    static final Machine BEST = new Machine(Accelerator.QTEST, true);

    /** Below RAM: flash, interrupt controller, SMMU, PCI and more answer there, with gaps between them. */
    static final MemoryWindow DEVICES = new MemoryWindow(0, PhysicalRam.WINDOW.base(), true);

    private static final String NO_ACCELERATOR = "invalid accelerator";
    private static final String NO_DEVICE = "'iommu-testdev' is not a valid device model";

    /** The machine without what a QEMU complains that it cannot do; empty when the complaint is about something else. */
    Optional<Machine> without(String complaint) {
        if (accelerator == Accelerator.QTEST && complaint.contains(NO_ACCELERATOR)) {
            return Optional.of(new Machine(Accelerator.TCG, testDevice));
        } else if (testDevice && complaint.contains(NO_DEVICE)) {
            return Optional.of(new Machine(accelerator, false));
        }
        return Optional.empty();
    }

    /** Its PCI functions. */
    List<PciFunction> functions() {
        List<PciFunction> functions = new ArrayList<>(PciFunction.EDUS);
        if (testDevice) {
            functions.add(PciFunction.TEST_DEVICE);
        }
        return functions;
    }

    /** The command line that starts it. */
    List<String> commandLine(Path binary, Scratch scratch) {
        List<String> words = new ArrayList<>();
        words.add(binary.toString());
        words.addAll(List.of("-M", "virt,highmem=off,gic-version=3,iommu=smmuv3,memory-backend=ram"));
        words.addAll(List.of(
                "-object",
                "memory-backend-file,id=ram,share=on,size=" + PhysicalRam.WINDOW.size() + ",mem-path="
                        + scratch.ram()));
        words.addAll(List.of("-m", (PhysicalRam.WINDOW.size() >> 20) + "M", "-cpu", "cortex-a57"));
        words.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none"));
        words.addAll(List.of("-qtest", "unix:" + scratch.qtest(), "-qtest-log", "/dev/null"));
        words.addAll(List.of("-qmp", "unix:" + scratch.qmp()));
        PciFunction.EDUS.forEach(
                edu -> words.addAll(List.of("-device", "edu,dma_mask=0xffffffffffffffff," + edu.slot())));
        if (testDevice) {
            words.addAll(List.of("-device", "iommu-testdev," + PciFunction.TEST_DEVICE.slot()));
        }
        words.addAll(accelerator.options());
        return words;
    }
}
