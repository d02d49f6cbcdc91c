package org.nestor.vfio;

import java.util.OptionalLong;

/** The memory of the process that uses VFIO: where its pages are in physical memory. */
@FunctionalInterface
public interface ProcessMemory {

    /** Physical address of a page, nothing if the process has none there. */
    OptionalLong physical(long virtual);
}
