package org.nestor.smmu.interrupt;

import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/** The interrupt sources of the Non-secure programming interface (IHI 0070 section 3.18). */
public enum Interrupt {
    EVENTQ("eventq"),
    PRIQ("priq"),
    CMDQ_SYNC("cmdq-sync"),
    GERROR("gerror");

    private final String label;

    Interrupt(String label) {
        this.label = label;
    }

    /** The name in scenarios and traces. */
    public String label() {
        return label;
    }

    /** The error that an aborted MSI of this source activates. */
    public GlobalError msiError() {
        return switch (this) {
            case EVENTQ -> GlobalError.MSI_EVENTQ_ABT_ERR;
            case PRIQ -> GlobalError.MSI_PRIQ_ABT_ERR;
            case CMDQ_SYNC -> GlobalError.MSI_CMDQ_ABT_ERR;
            case GERROR -> GlobalError.MSI_GERROR_ABT_ERR;
        };
    }

    /** The registers and the enable bit of a source that has them; CMD_SYNC carries its own. */
    enum Configuration {
        EVENTQ(Register.EVENTQ_IRQ_CFG0, Register.EVENTQ_IRQ_CFG1, "EVENTQ_IRQEN"),
        PRIQ(Register.PRIQ_IRQ_CFG0, Register.PRIQ_IRQ_CFG1, "PRIQ_IRQEN"),
        GERROR(Register.GERROR_IRQ_CFG0, Register.GERROR_IRQ_CFG1, "GERROR_IRQEN");

        final Register address;
        final Register data;
        final Field enable;

        Configuration(Register address, Register data, String enable) {
            this.address = address;
            this.data = data;
            this.enable = RegisterLayouts.IRQ_CTRL.field(enable);
        }
    }
}
