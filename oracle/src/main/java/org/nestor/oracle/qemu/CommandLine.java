package org.nestor.oracle.qemu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a machine with an SMMUv3 and devices, but without software.
 *
 * @param binary QEMU
 * @param scratch its files
 */
record CommandLine(Path binary, Scratch scratch) {

    List<String> with(Accelerator accelerator, List<PciFunction> edus) {
        List<String> words = new ArrayList<>(List.of(
                binary.toString(),
                "-M",
                "virt,highmem=off,gic-version=3,iommu=smmuv3,memory-backend=ram",
                "-object",
                "memory-backend-file,id=ram,share=on,size=" + PhysicalRam.WINDOW.size() + ",mem-path=" + scratch.ram(),
                "-m",
                Long.toString(PhysicalRam.WINDOW.size() >> 20) + "M",
                "-cpu",
                "cortex-a57",
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-qtest",
                "unix:" + scratch.qtest(),
                "-qtest-log",
                "/dev/null",
                "-qmp",
                "unix:" + scratch.qmp()));
        edus.forEach(edu -> words.addAll(
                List.of("-device", String.format("edu,dma_mask=0xffffffffffffffff,addr=%02x.0", edu.device()))));
        words.addAll(accelerator.options());
        return words;
    }
}
