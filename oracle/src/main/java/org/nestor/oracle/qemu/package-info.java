/**
 * QEMU's SMMUv3 as an implementation under test, without any guest software: the only processor stays powered off, and
 * registers, memory and devices are driven from outside.
 *
 * <p>The layers, from the bottom: {@link org.nestor.oracle.qemu.LineSocket} moves lines over a socket that QEMU connects
 * to; {@link org.nestor.oracle.qemu.QtestLink} and {@link org.nestor.oracle.qemu.QmpLink} speak QEMU's two protocols over
 * it; {@link org.nestor.oracle.qemu.SmmuPort} is the SMMU's registers, {@link org.nestor.oracle.qemu.PhysicalRam} the
 * machine's RAM, which both processes map, and {@link org.nestor.oracle.qemu.DmaPort} a device that issues DMA;
 * {@link org.nestor.oracle.qemu.QemuSession} is one running QEMU, and {@link org.nestor.oracle.qemu.QemuImplementation}
 * answers the requests of the protocol with it. Writes to registers are sent without waiting for their answers until
 * something has to be known or memory is touched.
 */
@NullMarked
package org.nestor.oracle.qemu;

import org.jspecify.annotations.NullMarked;
