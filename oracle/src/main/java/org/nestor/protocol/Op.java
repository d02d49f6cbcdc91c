package org.nestor.protocol;

import java.util.Arrays;
import java.util.regex.Pattern;

/** The names of the architectural requests, and the shape of the others' names. */
enum Op implements Wire {
    HELLO("hello", Request.Hello.class),
    RESET("reset", Request.Reset.class),
    MEM_WRITE("mem.write", Request.MemWrite.class),
    MEM_READ("mem.read", Request.MemRead.class),
    REG_WRITE("reg.write", Request.RegWrite.class),
    REG_READ("reg.read", Request.RegRead.class),
    DMA("dma", Request.Dma.class),
    PRI("pri", Request.PageRequest.class),
    EVENTS("events", Request.Events.class),
    STEP("step", Request.Step.class),
    IRQS("irqs", Request.Irqs.class),
    BYE("bye", Request.Bye.class);

    private static final Pattern API = Pattern.compile("(host|iommu|vfio|iommufd)\\.[a-zA-Z][a-zA-Z0-9]{0,63}");

    private final String wire;
    private final Class<? extends Request.Architectural> type;

    Op(String wire, Class<? extends Request.Architectural> type) {
        this.wire = wire;
        this.type = type;
    }

    @Override
    public String wire() {
        return wire;
    }

    static Op of(Request.Architectural request) {
        return Arrays.stream(values())
                .filter(op -> op.type.isInstance(request))
                .findFirst()
                .orElseThrow();
    }

    /** True for the name of a request at the API. */
    static boolean isApi(String name) {
        return API.matcher(name).matches();
    }
}
